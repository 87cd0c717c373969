using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>Tells whether a setting's value is a secret: by a form that issuers publish, or by a telling name beside a value that looks random.</summary>
internal static class SecretDetector
{
    private const double RandomBitsPerCharacter = 3.0;
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);
    private static readonly Regex PasswordName = new("(?i)(?:pass(?:word|wd|phrase)?|pwd)$", RegexOptions.CultureInvariant, Timeout);
    private static readonly Regex SecretName = new("(?i)(?:secret|token|credentials?|(?:api|access|auth|account|private|encryption|signing|master|service|shared|secret|license)[_.-]?key)(?:[_.-]?(?:key|value|b64|base64))?$", RegexOptions.CultureInvariant, Timeout);

    // What only names where the secret is, or stands in for one.
    private static readonly Regex Reference = new(
        @"(?i)^(?:arn:|https?://[^:@/\s]+(?:[/?#]|$)|/|\$|\{\{|<|%|\*+$|x{3,}$|\.{3}|(?:true|false|yes|no|none|null|nil|undefined|empty|test|example|changeme|change[_-]me|placeholder|redacted|dummy|todo|password|secret|default)$|ssm:|secretsmanager:|vault:|op://|resolve:)",
        RegexOptions.CultureInvariant, Timeout);

    private static readonly Regex Assignment = new(@"^\s*(?:export\s+|set\s+|-?-?|\$env:)?[""']?([A-Za-z_][A-Za-z0-9_.-]*)[""']?\s*[:=]\s*[""']?([^""'\s;,]+)", RegexOptions.CultureInvariant, Timeout);

    /// <summary>Judges a value.</summary>
    /// <param name="name">The setting's name; empty where there is none.</param>
    /// <param name="value">Its value: one word, or a whole script or document.</param>
    /// <returns>The first secret's kind and line, from 1; null where there is none.</returns>
    public static (string Kind, int Line)? Find(string name, string value)
    {
        try
        {
            return ByForm(value) ?? ByName(name, value) ?? ByLine(value);
        }
        catch (RegexMatchTimeoutException)
        {
            // What cannot be judged in time is not called clean.
            return ("Undecided", 1);
        }
    }

    private static (string, int)? ByForm(string value)
    {
        foreach (var pattern in SecretPatterns.All)
        {
            if (pattern.Find(value) is { } position)
            {
                return (pattern.Kind, 1 + value.Take(position).Count(character => character == '\n'));
            }
        }

        return null;
    }

    private static (string, int)? ByName(string name, string value)
    {
        if (Reference.IsMatch(value) || value.Any(char.IsWhiteSpace))
        {
            return null;
        }

        if (PasswordName.IsMatch(name))
        {
            return value.Length >= 4 ? ("Password", 1) : null;
        }

        return SecretName.IsMatch(name) && value.Length >= 12 && LooksRandom(value) ? ("NamedSecret", 1) : null;
    }

    private static (string, int)? ByLine(string value)
    {
        if (value.IndexOfAny(['=', ':']) < 0)
        {
            return null;
        }

        var number = 0;
        foreach (var line in value.Split('\n'))
        {
            number++;
            if (line.Length <= 1000 && Assignment.Match(line) is { Success: true } match && ByName(match.Groups[1].Value, match.Groups[2].Value) is var (kind, _))
            {
                return (kind, number);
            }
        }

        return null;
    }

    private static bool LooksRandom(string value) => value.Any(char.IsDigit) && value.Any(char.IsLetter) && Entropy(value) >= RandomBitsPerCharacter;

    /// <summary>Shannon's entropy of the text's own letters, in bits a character.</summary>
    private static double Entropy(string text)
    {
        var counts = new Dictionary<char, int>();
        foreach (var character in text)
        {
            counts[character] = counts.TryGetValue(character, out var count) ? count + 1 : 1;
        }

        return -counts.Values.Sum(count => (double)count / text.Length * Math.Log((double)count / text.Length, 2));
    }
}
