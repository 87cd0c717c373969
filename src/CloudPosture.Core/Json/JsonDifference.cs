using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Json;

/// <summary>
/// Tells how two answers of AWS differ, member by member. AWS gives lists in any order, so that they are compared as sets: elements
/// with a name of their own are told by it, all others are added or removed as wholes.
/// </summary>
internal static class JsonDifference
{
    private static readonly string[] Names = ["Key", "Sid", "Arn", "Id", "Name"];

    /// <summary>The places where they differ, in the order of their members.</summary>
    public static IEnumerable<JsonChange> Between(JsonElement before, JsonElement after) => Between("", before, after);

    private static IEnumerable<JsonChange> Between(string path, JsonElement before, JsonElement after) => (before.ValueKind, after.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Members(path, before, after),
        (JsonValueKind.Array, JsonValueKind.Array) => Elements(path, before, after),
        _ => AreEqual(before, after) ? [] : [new JsonChange(path, Text(before), Text(after))],
    };

    private static IEnumerable<JsonChange> Members(string path, JsonElement before, JsonElement after)
    {
        var old = MembersOf(before);
        var now = MembersOf(after);
        foreach (var name in old.Keys.Union(now.Keys, StringComparer.Ordinal))
        {
            var place = path.Length == 0 ? name : $"{path}.{name}";
            foreach (var change in Pair(place, old.TryGetValue(name, out var was) ? was : null, now.TryGetValue(name, out var isNow) ? isNow : null))
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<JsonChange> Elements(string path, JsonElement before, JsonElement after)
    {
        var old = before.EnumerateArray().ToList();
        var now = after.EnumerateArray().ToList();
        if (NameOf(old, now) is { } name)
        {
            return ByName(path, name, old, now);
        }

        now.RemoveAll(element => Take(old, element));
        return old.Count == 1 && now.Count == 1 && old[0].ValueKind == now[0].ValueKind && old[0].ValueKind == JsonValueKind.Object
            ? Between(path + "[]", old[0], now[0])
            : old.Select(element => new JsonChange(path + "[]", Text(element), null)).Concat(now.Select(element => new JsonChange(path + "[]", null, Text(element))));
    }

    private static IEnumerable<JsonChange> ByName(string path, string name, List<JsonElement> before, List<JsonElement> after)
    {
        var old = before.ToDictionary(element => Value(element, name)!, StringComparer.Ordinal);
        var now = after.ToDictionary(element => Value(element, name)!, StringComparer.Ordinal);
        return old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .SelectMany(key => Pair($"{path}[{key}]", old.TryGetValue(key, out var was) ? was : null, now.TryGetValue(key, out var isNow) ? isNow : null));
    }

    private static IEnumerable<JsonChange> Pair(string path, JsonElement? before, JsonElement? after) => (before, after) switch
    {
        ({ } was, { } isNow) => Between(path, was, isNow),
        _ => [new JsonChange(path, before is { } gone ? Text(gone) : null, after is { } come ? Text(come) : null)],
    };

    // The member that every element has, and no two have alike.
    private static string? NameOf(List<JsonElement> before, List<JsonElement> after)
    {
        if (before.Concat(after).FirstOrDefault() is not { ValueKind: JsonValueKind.Object } first)
        {
            return null;
        }

        var candidates = first.EnumerateObject().Select(member => member.Name).ToList();
        return Names.Where(candidates.Contains)
            .Concat(candidates.Where(name => Array.Exists(Names, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))))
            .FirstOrDefault(name => Tells(before, name) && Tells(after, name));
    }

    private static bool Tells(List<JsonElement> elements, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return elements.TrueForAll(element => Value(element, name) is { } value && seen.Add(value));
    }

    private static string? Value(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? Text(value) : null;

    private static bool Take(List<JsonElement> elements, JsonElement wanted)
    {
        var index = elements.FindIndex(element => AreEqual(element, wanted));
        if (index >= 0)
        {
            elements.RemoveAt(index);
        }

        return index >= 0;
    }

    private static bool AreEqual(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind)
        {
            return false;
        }

        switch (one.ValueKind)
        {
            case JsonValueKind.Object:
                var members = MembersOf(other);
                return MembersOf(one) is var own && own.Count == members.Count
                    && own.All(member => members.TryGetValue(member.Key, out var value) && AreEqual(member.Value, value));
            case JsonValueKind.Array:
                var left = other.EnumerateArray().ToList();
                return one.GetArrayLength() == left.Count && one.EnumerateArray().All(element => Take(left, element));
            case JsonValueKind.String:
                return one.GetString() == other.GetString();
            default:
                return one.GetRawText() == other.GetRawText();
        }
    }

    // A name that is there twice counts as its last, as JsonElement.TryGetProperty has it.
    private static Dictionary<string, JsonElement> MembersOf(JsonElement element)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
