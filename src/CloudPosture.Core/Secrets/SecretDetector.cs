using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudPosture.Secrets;

/// <summary>Tells whether a setting's value is a secret: by a form that issuers publish, or by a telling name beside a value that can be one.</summary>
internal static class SecretDetector
{
    private const int LeastEncoded = 40;

    /// <summary>Judges a value.</summary>
    /// <param name="name">The setting's name; empty where there is none.</param>
    /// <param name="value">Its value: one word, or a whole script or document.</param>
    /// <returns>The first secret's kind and line, from 1; null where there is none.</returns>
    public static (string Kind, int Line)? Find(string name, string value)
    {
        try
        {
            return InText(value) ?? ByName(name, value) ?? InEncoded(value);
        }
        catch (RegexMatchTimeoutException)
        {
            // What cannot be judged in time is not called clean.
            return ("Undecided", 1);
        }
    }

    private static (string, int)? ByName(string name, string value) => SecretNames.KindOf(name.TrimStart('-'), value) is { } kind ? (kind, 1) : null;

    private static (string, int)? InEncoded(string value) => Decoded(value) is { } text && InText(text) is var (kind, _) ? (kind, 1) : null;

    private static (string, int)? InText(string text)
    {
        foreach (var pattern in SecretPatterns.All)
        {
            if (pattern.Find(text) is { } position)
            {
                return (pattern.Kind, LineOf(text, position));
            }
        }

        return text.IndexOfAny(['=', ':', ' ', '>']) >= 0 && SecretAssignments.Find(text) is var (kind, at) ? (kind, LineOf(text, at)) : null;
    }

    private static int LineOf(string text, int position) => 1 + text.Take(position).Count(character => character == '\n');

    /// <summary>The text that a value encodes as a whole in base64; null where it encodes none.</summary>
    private static string? Decoded(string value)
    {
        if (value.Length < LeastEncoded || value.Length % 4 != 0 || !value.All(character => char.IsLetterOrDigit(character) || character is '+' or '/' or '='))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            return null;
        }

        // PowerShell's -EncodedCommand is UTF-16.
        var text = (bytes.Length > 2 && bytes[1] == 0 ? Encoding.Unicode : Encoding.UTF8).GetString(bytes);
        return text.All(character => character is '\t' or '\r' or '\n' or (>= ' ' and < '\u007f')) ? text : null;
    }
}
