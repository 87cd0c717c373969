using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Takes the name out of a row of a table, so that a row names a connection and is none itself.</summary>
internal sealed class RowNameAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject { BaseObject: PSCustomObject } row ? row.Properties["Name"]?.Value ?? inputData : inputData;
}
