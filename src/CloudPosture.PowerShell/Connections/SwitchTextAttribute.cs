using System;
using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Takes a switch as a CSV file holds it (<c>True</c>, <c>False</c>, or nothing).</summary>
internal sealed class SwitchTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && (text.Length == 0 || bool.TryParse(text, out _))
            ? new SwitchParameter(text.Equals("true", StringComparison.OrdinalIgnoreCase))
            : inputData;
}
