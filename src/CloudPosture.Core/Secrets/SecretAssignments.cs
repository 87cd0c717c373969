using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>Finds what a script or document sets: <c>name=value</c>, <c>name: value</c>, <c>--name value</c> and their like.</summary>
internal static class SecretAssignments
{
    private const string Name = "(?<name>[A-Za-z_][A-Za-z0-9_.-]{0,79})";
    private const string Quoted = "(?<quote>\\\\{0,3}[\"'])(?<text>(?:(?!\\k<quote>)[^\\r\\n]){1,300})\\k<quote>";
    private const string Bare = "(?<bare>[^\\s\"'`,;&{\\[(<][^\\s\"'`,;&<]{0,300})";
    private const string Value = "(?:" + Quoted + "|" + Bare + ")";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private static readonly (Regex Form, bool IsSpoken)[] Forms =
    [
        (Of("(?<![A-Za-z0-9_.])" + Name + "(?:\\\\{0,3}[\"'])?\\]?(?<before>[ \\t]*)(?<sign>=>|:=|={1,3}|:)(?<after>[ \\t]*)" + Value), true),
        (Of("(?<![^\\s\"'\\[,(])--?" + Name + "(?:[ \\t]+|[\"'],\\s*)(?!-)" + Value), false),
        (Of("(?i)(?:\\bconfigure[ \\t]+set|^[ \\t]*ENV|\\bsetx)[ \\t]+[\"']?" + Name + "[\"']?[ \\t]+" + Value), false),
        (Of("\\([ \\t]*(?<opened>[\"'])" + Name + "\\k<opened>[ \\t]*,[ \\t]*" + Quoted), false),
        (Of("<" + Name + "(?:[ \\t][^<>\\r\\n]{0,200})?>(?<text>[^<>\\s]{1,300})</"), false),
        (Of("(?i)\\b(?:name|key|parameterkey|optionname)\\\\{0,3}[\"']?\\s*[:=]\\s*\\\\{0,3}[\"']?" + Name + "\\\\{0,3}[\"']?\\s*,?\\s*\\\\{0,3}[\"']?(?:value|parametervalue|defaultvalue)\\\\{0,3}[\"']?\\s*[:=]\\s*" + Value), false),
    ];

    /// <summary>The first secret that the text sets.</summary>
    /// <returns>Its kind and where it begins; null where there is none.</returns>
    public static (string Kind, int Position)? Find(string text)
    {
        (string Kind, int Position)? first = null;
        foreach (var (form, isSpoken) in Forms)
        {
            foreach (var (kind, position) in Secrets(form, isSpoken, text).Take(1))
            {
                first = first is { } earlier && earlier.Position <= position ? earlier : (kind, position);
            }
        }

        return first;
    }

    private static IEnumerable<(string Kind, int Position)> Secrets(Regex form, bool isSpoken, string text)
    {
        for (var match = form.Match(text); match.Success; match = form.Match(text, Next(match)))
        {
            var bare = match.Groups["bare"];
            if (IsPartOfArn(match, text) || (bare.Success && (StandIn.IsCode(bare.Value) || (isSpoken && IsSpoken(match, bare, text)))))
            {
                continue;
            }

            var value = bare.Success ? bare.Value.TrimEnd(')', '}', ']', '|', '\\', '>') : match.Groups["text"].Value;
            if (SecretNames.KindOf(match.Groups["name"].Value, value) is { } kind)
            {
                yield return (kind, match.Groups["name"].Index);
            }
        }
    }

    private static bool IsPartOfArn(Match match, string text) =>
        match.Groups["sign"].Value == ":" && match.Groups["after"].Length == 0 && match.Groups["name"].Index is var at and > 0 && text[at - 1] == ':';

    // A value may itself set something: "-e DB_PASSWORD=…".
    private static int Next(Match match) => match.Groups["name"].Index + match.Groups["name"].Length;

    /// <summary>Whether it is a sentence ("Password: must be long") or one variable given to another (<c>password = db_password</c>).</summary>
    private static bool IsSpoken(Match match, Group bare, string text)
    {
        var isSpaced = match.Groups["before"].Length + match.Groups["after"].Length > 0;
        var end = bare.Index + bare.Length;
        var isGiven = isSpaced || (end < text.Length && text[end] == ',') || bare.Value[bare.Length - 1] == ')';
        if (isGiven && bare.Value.All(character => char.IsLetter(character) || character is '_' or '.' or ')') && Tells(bare.Value))
        {
            return true;
        }

        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        return isSpaced && end > bare.Index + bare.Length && end < text.Length && char.IsLetterOrDigit(text[end]);
    }

    private static bool Tells(string value) => new[] { "pass", "pwd", "secret", "token", "key", "cred" }.Any(part => value.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0);

    private static Regex Of(string form) => new(form, RegexOptions.CultureInvariant | RegexOptions.Multiline, Timeout);
}
