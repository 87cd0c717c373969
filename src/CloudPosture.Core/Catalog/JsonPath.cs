using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace CloudPosture.Catalog;

/// <summary>A place in a JSON value: members joined by dots, <c>[n]</c> for one element, <c>[]</c> for all; <c>.</c> is the value itself.</summary>
internal sealed class JsonPath
{
    private const int NoIndex = -1;
    private const int AllElements = -2;
    private readonly (string Member, int Index)[] _steps;

    private JsonPath(string text, (string, int)[] steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path as it is written.</summary>
    public string Text { get; }

    public static JsonPath Root { get; } = new(".", []);

    public bool IsRoot => _steps.Length == 0;

    /// <summary>The member of the root that the path starts with.</summary>
    public string FirstMember => _steps[0].Member;

    /// <exception cref="FormatException">The text is not a path.</exception>
    public static JsonPath Parse(string text)
    {
        if (text == ".")
        {
            return Root;
        }

        var parts = text.Split('.');
        var steps = new (string, int)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            steps[i] = ParseStep(parts[i], text);
        }

        return new(text, steps);
    }

    /// <summary>The members to go through and whether each element of them counts; null where the path picks a single element, or is the root.</summary>
    public IReadOnlyList<(string Member, bool IsEach)>? Steps =>
        IsRoot || Array.Exists(_steps, step => step.Index >= 0) ? null : Array.ConvertAll(_steps, step => (step.Member, step.Index == AllElements));

    /// <summary>The one value at the path.</summary>
    public JsonElement? Find(JsonElement value) => Find(value, 0);

    /// <summary>The one value at the path, where the root's first member was looked up elsewhere.</summary>
    public JsonElement? FindAfterFirst(JsonElement firstMember) =>
        Element(firstMember, _steps[0].Index) is { } found ? Find(found, 1) : null;

    /// <summary>All values at the path; a list at its end is taken apart.</summary>
    public IEnumerable<JsonElement> FindAll(JsonElement value) => IsRoot ? [value] : FindAll(value, 0);

    private static (string, int) ParseStep(string step, string path)
    {
        var bracket = step.IndexOf('[');
        var name = bracket < 0 ? step : step.Substring(0, bracket);
        if (name.Length == 0)
        {
            throw new FormatException($"'{path}' is not a path: write members joined by dots (Status.IsLogging), [0] for one element, [] for all.");
        }

        if (bracket < 0)
        {
            return (name, NoIndex);
        }

        var index = step.Substring(bracket);
        if (index == "[]")
        {
            return (name, AllElements);
        }

        return index.EndsWith("]", StringComparison.Ordinal)
            && int.TryParse(index.Substring(1, index.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name, number)
            : throw new FormatException($"'{path}' is not a path: '{index}' should be [] or [0], [1], ….");
    }

    private static JsonElement? Element(JsonElement value, int index) =>
        index < 0 ? value
        : value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength() ? value[index]
        : null;

    private JsonElement? Find(JsonElement value, int from)
    {
        for (var i = from; i < _steps.Length; i++)
        {
            if (value.ValueKind != JsonValueKind.Object
                || !value.TryGetProperty(_steps[i].Member, out var member)
                || Element(member, _steps[i].Index) is not { } element)
            {
                return null;
            }

            value = element;
        }

        return value;
    }

    private IEnumerable<JsonElement> FindAll(JsonElement value, int from)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty(_steps[from].Member, out var member)
            || Element(member, _steps[from].Index) is not { } found)
        {
            yield break;
        }

        var isLast = from == _steps.Length - 1;
        if (found.ValueKind == JsonValueKind.Array && (isLast || _steps[from].Index == AllElements))
        {
            foreach (var element in found.EnumerateArray())
            {
                if (isLast)
                {
                    yield return element;
                    continue;
                }

                foreach (var deeper in FindAll(element, from + 1))
                {
                    yield return deeper;
                }
            }
        }
        else if (isLast)
        {
            if (found.ValueKind != JsonValueKind.Null)
            {
                yield return found;
            }
        }
        else
        {
            foreach (var deeper in FindAll(found, from + 1))
            {
                yield return deeper;
            }
        }
    }
}
