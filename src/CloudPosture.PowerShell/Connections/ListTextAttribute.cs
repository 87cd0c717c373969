using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Takes a list as Get-PostureConnection shows it (<c>eu-central-1,us-east-1</c>), so that what it gives, or a CSV file of it, can be given on.</summary>
internal sealed class ListTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text => Split(text),
            IEnumerable items => items.Cast<object?>().SelectMany(item => Split(item?.ToString() ?? "")).ToArray(),
            _ => inputData,
        };
    }

    private static string[] Split(string text) => [.. text.Split(',').Select(part => part.Trim()).Where(part => part.Length > 0)];
}
