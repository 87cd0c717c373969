using System.Management.Automation;
using System.Text.Json;

namespace CloudPosture.PowerShell.Resources;

/// <summary>What AWS answered, as an object that prints as its JSON: in a CSV file there is no other place for it.</summary>
internal sealed class ConfigurationObject(JsonElement json) : PSObject
{
    public override string ToString() => json.GetRawText();
}
