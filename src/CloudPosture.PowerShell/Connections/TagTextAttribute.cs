using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Takes tags as Get-PostureConnection shows them.</summary>
internal sealed class TagTextAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text
            ? new Hashtable(TagText.Read(text).ToDictionary(tag => tag.Key, tag => tag.Value))
            : inputData;
}
