using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CloudPosture.Assessment.Conditions;

/// <summary>A path into a configuration: member names joined by dots, each with an optional index (<c>Versions[0].Id</c>); <c>.</c> is the root itself.</summary>
internal sealed class FieldPath
{
    private readonly (byte[]? Name, int Index)[] _steps;

    private FieldPath(string text, (byte[]? Name, int Index)[] steps)
    {
        Text = text;
        _steps = steps;
    }

    public string Text { get; }

    /// <summary>The first member's name; empty for the root.</summary>
    public string Head => Text.Split('.', '[')[0];

    /// <exception cref="FormatException">It is no path; the message says what one looks like.</exception>
    public static FieldPath Parse(string text)
    {
        var steps = new List<(byte[]?, int)>();
        if (text != ".")
        {
            foreach (var member in text.Split('.'))
            {
                var bracket = member.IndexOf('[');
                var name = bracket < 0 ? member : member.Substring(0, bracket);
                if (name.Length == 0)
                {
                    throw Malformed(text);
                }

                steps.Add((Encoding.UTF8.GetBytes(name), 0));
                if (bracket >= 0)
                {
                    AddIndices(text, member.Substring(bracket), steps);
                }
            }
        }

        return new FieldPath(text, [.. steps]);
    }

    public bool TryResolve(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var (name, index) in _steps)
        {
            if (name is not null)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                {
                    return false;
                }
            }
            else
            {
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= index)
                {
                    return false;
                }

                value = value[index];
            }
        }

        return value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>Whether a field that could not be read leaves this path without an answer.</summary>
    public bool IsTouchedBy(string field) => Text == "." || IsBelow(Text, field) || IsBelow(field, Text);

    /// <summary>Whether this path is the other or leads through it.</summary>
    public bool IsAtOrBelow(FieldPath other) => IsBelow(Text, other.Text);

    private static bool IsBelow(string path, string ancestor) =>
        path.StartsWith(ancestor, StringComparison.Ordinal) && (path.Length == ancestor.Length || path[ancestor.Length] is '.' or '[');

    private static void AddIndices(string text, string indices, List<(byte[]?, int)> steps)
    {
        foreach (var part in indices.Substring(1).Split('['))
        {
            if (!part.EndsWith("]", StringComparison.Ordinal)
                || !int.TryParse(part.Substring(0, part.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                throw Malformed(text);
            }

            steps.Add((null, index));
        }
    }

    private static FormatException Malformed(string text) =>
        new($"'{text}' is no field path. One looks like Status.IsLogging, or Versions[0].Id, or '.' for the element itself.");
}
