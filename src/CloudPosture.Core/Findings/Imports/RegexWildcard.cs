using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CloudPosture.Findings.Imports;

/// <summary>
/// Says the simple regular expressions of another tool's list with wildcards. Where the two differ the narrower meaning is taken:
/// a name stands for itself, and not for every name it is part of.
/// </summary>
internal static class RegexWildcard
{
    private const string Meta = "[](){}|+\\^$";

    /// <summary>The wildcards, one for each alternative.</summary>
    /// <returns>Null where it cannot be said; an empty list where everything matches.</returns>
    public static IReadOnlyList<string>? Of(string regex)
    {
        var texts = regex.Split('|').Select(One).ToList();
        return texts.Contains(null) ? null : texts.Contains("*") ? [] : [.. texts.OfType<string>()];
    }

    /// <summary>The same with the wider meaning: a name that is not anchored stands for every name it is part of.</summary>
    public static IReadOnlyList<string>? Around(string regex)
    {
        var texts = regex.Split('|').Select(one => One(one) is { } text ? Widened(one.Trim(), text) : null).ToList();
        return texts.Contains(null) ? null : texts.Contains("*") ? [] : [.. texts.OfType<string>()];
    }

    private static string Widened(string regex, string text)
    {
        var before = regex[0] == '^' || text[0] == '*' ? "" : "*";
        var after = (regex[regex.Length - 1] == '$' && !regex.EndsWith("\\$", StringComparison.Ordinal)) || text[text.Length - 1] == '*' ? "" : "*";
        return before + text + after;
    }

    private static string? One(string regex)
    {
        var rest = regex.Trim();
        rest = rest.StartsWith("^", StringComparison.Ordinal) ? rest.Substring(1) : rest;
        rest = rest.EndsWith("$", StringComparison.Ordinal) && !rest.EndsWith("\\$", StringComparison.Ordinal) ? rest.Substring(0, rest.Length - 1) : rest;
        var text = new StringBuilder();
        for (var i = 0; i < rest.Length; i++)
        {
            var next = i + 1 < rest.Length ? rest[i + 1] : '\0';
            switch (rest[i])
            {
                case '.' when next is '*' or '+':
                    text.Append(next == '*' ? "*" : "?*");
                    i++;
                    break;
                case '.':
                    text.Append('?');
                    break;
                case '*':
                    text.Append('*');
                    break;
                case '\\' when next is not '\0' && !char.IsLetterOrDigit(next) && next is not ('*' or '?'):
                    text.Append(next);
                    i++;
                    break;
                case '?':
                case var meta when Meta.IndexOf(meta) >= 0:
                    return null;
                default:
                    text.Append(rest[i]);
                    break;
            }
        }

        return text.Length == 0 ? null : text.ToString();
    }
}
