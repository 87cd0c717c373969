using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>
/// What of a record is stored, where most of it must not be: findings of other detectors quote what customers keep. A path names a
/// member with everything below it; lists on its way are gone through.
/// </summary>
internal sealed class KeptMembers
{
    private const int LongestName = 512;
    private readonly Dictionary<string, KeptMembers?> _members = new(StringComparer.Ordinal);

    /// <summary>Whether of texts those alone are stored that can be a name, an id or an ARN.</summary>
    private bool _isNamesAlone;

    /// <param name="paths">The members.</param>
    /// <param name="names">Members of which those texts alone are stored that can be a name, an id or an ARN.</param>
    /// <returns>Null where nothing is named: all is stored.</returns>
    public static KeptMembers? Of(IReadOnlyList<string> paths, IReadOnlyList<string> names)
    {
        if (paths.Count + names.Count == 0)
        {
            return null;
        }

        var root = new KeptMembers();
        foreach (var path in paths)
        {
            root.Add(path.Split('.'), null);
        }

        foreach (var path in names)
        {
            root.Add(path.Split('.'), new KeptMembers { _isNamesAlone = true });
        }

        return root;
    }

    /// <summary>The paths, as they lead to members.</summary>
    public IEnumerable<string> Paths => _members.SelectMany(member => member.Value is { _isNamesAlone: false } below ? below.Paths.Select(path => member.Key + "." + path) : [member.Key]);

    /// <summary>Copies a value without what is not to be kept.</summary>
    public void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                WriteMembers(json, value);
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    Write(json, element);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when _isNamesAlone && IsName(value.GetString()!):
                value.WriteTo(json);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>Copies the kept ones of an object's members.</summary>
    public void WriteMembers(Utf8JsonWriter json, JsonElement value, Func<JsonProperty, bool>? isWanted = null)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (!_members.TryGetValue(member.Name, out var below) || isWanted?.Invoke(member) == false)
            {
                continue;
            }

            json.WritePropertyName(member.Name);
            if (below is null)
            {
                member.Value.WriteTo(json);
            }
            else
            {
                below.Write(json, member.Value);
            }
        }
    }

    // A web address, or a sentence, tells more than which resource is meant.
    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.IndexOf("://", StringComparison.Ordinal) < 0 && text.All(character => char.IsLetterOrDigit(character) || "-_.:/+=@".IndexOf(character) >= 0);

    private void Add(IReadOnlyList<string> steps, KeptMembers? last)
    {
        var node = this;
        for (var index = 0; index < steps.Count - 1; index++)
        {
            if (!node._members.TryGetValue(steps[index], out var next))
            {
                node._members[steps[index]] = next = new KeptMembers();
            }

            if (next is null)
            {
                return;
            }

            node = next;
        }

        node._members[steps[steps.Count - 1]] = last;
    }
}
