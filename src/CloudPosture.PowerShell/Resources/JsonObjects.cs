using System.Linq;
using System.Management.Automation;
using System.Text.Json;

namespace CloudPosture.PowerShell.Resources;

/// <summary>Turns JSON into the objects that ConvertFrom-Json would give.</summary>
internal static class JsonObjects
{
    public static object? From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => FromObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(From).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The same for a whole answer, which prints as JSON.</summary>
    public static object? Whole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? Fill(new ConfigurationObject(element), element) : From(element);

    private static PSObject FromObject(JsonElement element) => Fill(new PSObject(), element);

    private static PSObject Fill(PSObject result, JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            result.Properties.Add(new PSNoteProperty(FreeName(result, member.Name), From(member.Value)));
        }

        return result;
    }

    // JSON tells names apart by case, and may leave one empty; PowerShell's objects do neither.
    private static string FreeName(PSObject owner, string name)
    {
        var free = name.Length == 0 ? "_" : name;
        while (owner.Properties[free] is not null)
        {
            free += "_";
        }

        return free;
    }
}
