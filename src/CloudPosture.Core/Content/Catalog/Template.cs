using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>
/// Text with holes: <c>{partition}</c>, <c>{region}</c>, <c>{account}</c> and <c>{Member.Path}</c> of the item; <c>{Member.Path:name}</c>
/// is what follows its last slash (the Z123 of /hostedzone/Z123).
/// </summary>
internal sealed class Template
{
    private const string NameOnly = ":name";
    private readonly (string Text, JsonPath? Path)[] _parts;

    private Template((string, JsonPath?)[] parts) => _parts = parts;

    /// <summary>What its holes are filled from, but for the variables.</summary>
    public IEnumerable<JsonPath> Paths => _parts.Select(part => part.Path).OfType<JsonPath>();

    public bool IsConstant => _parts.All(part => part.Path is null && !IsVariable(part.Text));

    /// <exception cref="FormatException">A brace is left open, or a hole holds no path.</exception>
    public static Template Parse(string text)
    {
        var parts = new List<(string, JsonPath?)>();
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            if (open < 0)
            {
                parts.Add((text.Substring(position), null));
                break;
            }

            if (open > position)
            {
                parts.Add((text.Substring(position, open - position), null));
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"'{text}' opens a brace and does not close it.");
            }

            var hole = text.Substring(open, close - open + 1);
            parts.Add(IsVariable(hole) ? (hole, null) : ParseHole(hole.Substring(1, hole.Length - 2)));
            position = close + 1;
        }

        return new([.. parts]);
    }

    /// <summary>A template where there is a brace, else a path alone.</summary>
    public static Template ParsePathOrTemplate(string text) =>
        text.IndexOf('{') >= 0 ? Parse(text) : new([("", JsonPath.Parse(text))]);

    /// <summary>Fills the holes.</summary>
    /// <returns>The text; null where the scope lacks a value.</returns>
    public string? Render(ITemplateScope scope)
    {
        if (_parts.Length == 1)
        {
            return Render(_parts[0], scope);
        }

        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (Render(part, scope) is not { } rendered)
            {
                return null;
            }

            text.Append(rendered);
        }

        return text.ToString();
    }

    private static (string, JsonPath?) ParseHole(string hole) => hole.EndsWith(NameOnly, StringComparison.Ordinal)
        ? (NameOnly, JsonPath.Parse(hole.Substring(0, hole.Length - NameOnly.Length)))
        : ("", JsonPath.Parse(hole));

    private static string? NameOf(string? text) => text?.Substring(text.LastIndexOf('/') + 1);

    private static bool IsVariable(string text) => text is "{partition}" or "{region}" or "{account}";

    private static string? Render((string Text, JsonPath? Path) part, ITemplateScope scope) =>
        part.Path is { } path
            ? scope.Find(path) is not { } value ? null : part.Text == NameOnly ? NameOf(TextOf(value)) : TextOf(value)
            : part.Text switch
            {
                "{partition}" => scope.Partition,
                "{region}" => scope.Region,
                "{account}" => scope.AccountId,
                var text => text,
            };

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
