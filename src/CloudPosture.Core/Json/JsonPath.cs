using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Json;

/// <summary>
/// A place in a JSON value: members joined by dots, <c>[n]</c> for one element of a list, <c>[-1]</c> for the last, <c>[]</c> for all;
/// <c>.</c> is the value itself.
/// </summary>
internal sealed class JsonPath
{
    private readonly JsonStep[] _steps;

    private JsonPath(string text, JsonStep[] steps)
    {
        Text = text;
        _steps = steps;
    }

    public static JsonPath Root { get; } = new(".", []);

    /// <summary>The path as it is written.</summary>
    public string Text { get; }

    public bool IsRoot => _steps.Length == 0;

    /// <summary>The member of the root that the path starts with; empty for the root.</summary>
    public string FirstMember => IsRoot ? "" : _steps[0].Member!;

    /// <summary>The members to go through and whether each element of them counts; null where the path picks a single element, or is the root.</summary>
    public IReadOnlyList<(string Member, bool IsEach)>? Steps => field ??= IsRoot || Array.Exists(_steps, step => step.IsElement) ? null : MembersAlone();

    /// <exception cref="FormatException">It is no path; the message says what one looks like.</exception>
    public static JsonPath Parse(string text)
    {
        if (text == ".")
        {
            return Root;
        }

        var steps = new List<JsonStep>();
        foreach (var member in text.Split('.'))
        {
            var bracket = member.IndexOf('[');
            var name = bracket < 0 ? member : member.Substring(0, bracket);
            if (name.Length == 0)
            {
                throw Malformed(text);
            }

            steps.Add(JsonStep.OfMember(name));
            if (bracket >= 0)
            {
                steps.AddRange(member.Substring(bracket + 1).Split('[').Select(index => ParseIndex(index, text)));
            }
        }

        return new(text, [.. steps]);
    }

    /// <summary>The one value at the path; <c>[]</c> is passed over.</summary>
    public JsonElement? Find(JsonElement value) => Find(value, 0);

    /// <summary>The one value at the path, where the root's first member was looked up elsewhere.</summary>
    public JsonElement? FindAfterFirst(JsonElement firstMember) => Find(firstMember, 1);

    /// <summary>Finds the one value at the path; null counts as none.</summary>
    public bool TryFind(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var step in _steps)
        {
            if (!step.TryTake(value, out value))
            {
                return false;
            }
        }

        return value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>All values at the path; a list at its end is taken apart.</summary>
    public IEnumerable<JsonElement> FindAll(JsonElement value) => IsRoot ? [value] : FindAll(value, 0);

    /// <summary>Whether a member that could not be read leaves this path without an answer.</summary>
    public bool IsTouchedBy(string member) => IsRoot || IsBelow(Text, member) || IsBelow(member, Text);

    /// <summary>Whether this path is the other or leads through it.</summary>
    public bool IsAtOrBelow(JsonPath other) => IsBelow(Text, other.Text);

    public override string ToString() => Text;

    private static bool IsBelow(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal) && (path.Length == ancestor.Length || path[ancestor.Length] is '.' or '[');

    private static JsonStep ParseIndex(string index, string path)
    {
        var number = index.EndsWith("]", StringComparison.Ordinal) ? index.Substring(0, index.Length - 1) : throw Malformed(path);
        return number.Length == 0 ? JsonStep.All
            : number == "-1" ? JsonStep.Last
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? JsonStep.OfElement(position)
            : throw Malformed(path);
    }

    private JsonElement? Find(JsonElement value, int from)
    {
        for (var index = from; index < _steps.Length; index++)
        {
            if (!_steps[index].TryTake(value, out value))
            {
                return null;
            }
        }

        return value;
    }

    private IEnumerable<JsonElement> FindAll(JsonElement value, int from)
    {
        var isLast = from == _steps.Length;
        if (value.ValueKind == JsonValueKind.Array && (isLast || _steps[from].IsAll))
        {
            return value.EnumerateArray().SelectMany(element => isLast || from + 1 == _steps.Length ? [element] : FindAll(element, from + 1));
        }

        if (isLast)
        {
            return value.ValueKind == JsonValueKind.Null ? [] : [value];
        }

        return _steps[from].TryTake(value, out var next) ? FindAll(next, from + 1) : [];
    }

    private List<(string Member, bool IsEach)> MembersAlone()
    {
        var members = new List<(string Member, bool IsEach)>();
        foreach (var step in _steps)
        {
            if (step.IsAll)
            {
                members[members.Count - 1] = (members[members.Count - 1].Member, true);
            }
            else
            {
                members.Add((step.Member!, false));
            }
        }

        return members;
    }

    private static FormatException Malformed(string text) =>
        new($"'{text}' is not a path. One looks like Status.IsLogging, or Versions[0].Id, or Tags[] for all elements, or '.' for the value itself.");
}
