using System.Management.Automation;

namespace CloudPosture.PowerShell.Pipeline;

/// <summary>What the pipeline or a command line hands over.</summary>
internal static class PipelineValue
{
    /// <summary>The value without the wrapping that PowerShell puts around it. A row that has nothing within stays as it is.</summary>
    public static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
