using System;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudPosture.Text;

/// <summary>
/// Makes text that came from AWS harmless. Names and tags are written by whoever may write in an account: they must not steer a terminal,
/// a pipeline's log or a spreadsheet.
/// </summary>
public static class HostileText
{
    private const char Replacement = '\uFFFD';

    // U+E0000 to U+E007F, letters that nobody sees.
    private const char Tags = '\uDB40';
    private const char LastTag = '\uDC7F';

    private const string FormulaSigns = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    // What separates fields in one country or another.
    private static readonly char[] Separators = [',', ';', '|'];
    private static readonly Regex Number = new("\\G[+-][0-9]+(\\.[0-9]+)?\\s*([]},;|\"]|\\z)", RegexOptions.CultureInvariant);

    // ##vso[…] and ##[…] are read anywhere in a line, ::…:: of GitHub at its beginning; and a screen begins lines where it is full. A type such as
    // AWS::IAM::Group begins no group: there, as in any command, two more colons would follow.
    private static readonly Regex Command = new(
        "##(?=vso\\[|\\[)|(?<=^\\s*):(?=:)|:(?=:(?:error|warning|notice|debug|echo|(?:end)?group(?=[^:]*::)|(?:add|remove)-(?:mask|matcher|path)|set-(?:env|output)|save-state|stop-commands)\\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Replaces terminal sequences, line breaks, direction marks and broken characters, so that one line stays one line.</summary>
    public static string OneLine(string text)
    {
        StringBuilder? safe = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                if (text[i] == Tags && text[i + 1] <= LastTag)
                {
                    safe ??= new StringBuilder(text);
                    safe[i] = safe[i + 1] = Replacement;
                }

                i++;
            }
            else if (IsUnsafe(text[i]))
            {
                safe ??= new StringBuilder(text);
                safe[i] = Replacement;
            }
        }

        return safe?.ToString() ?? text;
    }

    /// <summary>Breaks what Azure DevOps or GitHub Actions would take for a command when it meets their log.</summary>
    public static string WithoutCommands(string text) =>
        text.IndexOf("##", StringComparison.Ordinal) < 0 && text.IndexOf("::", StringComparison.Ordinal) < 0 ? text : Command.Replace(text, "$0 ");

    /// <summary>Both: for text that is read by people.</summary>
    public static string Plain(string text) => WithoutCommands(OneLine(text));

    /// <summary>The same for a cell of a spreadsheet, which must not take it for a formula either.</summary>
    public static string Cell(string text)
    {
        var plain = Plain(text);
        return BeginsFormula(plain) ? "'" + plain : plain;
    }

    /// <summary>The same for a field of a file whose fields are separated: a spreadsheet of another country splits it at other signs, in quotes or not.</summary>
    public static string Field(string text)
    {
        var cell = Cell(text);
        StringBuilder? safe = null;
        for (var at = cell.IndexOfAny(Separators); at >= 0; at = cell.IndexOfAny(Separators, at + 1))
        {
            var next = at + 1;
            while (next < cell.Length && (cell[next] is '"' or Replacement || char.IsWhiteSpace(cell[next])))
            {
                next++;
            }

            if (next < cell.Length && FormulaSigns.IndexOf(cell[next]) >= 0 && !Number.IsMatch(cell, next))
            {
                safe ??= new StringBuilder(cell);
                safe.Insert(next + safe.Length - cell.Length, '\'');
            }
        }

        return safe?.ToString() ?? cell;
    }

    private static bool BeginsFormula(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && character != Replacement)
            {
                return FormulaSigns.IndexOf(character) >= 0;
            }
        }

        return false;
    }

    // Control covers the terminal's C0 and C1 sequences; most others change where or in which order text appears, some are no characters, and
    // some show as nothing, so that two names look like one. The joiners U+200C and U+200D stay: scripts and emoji are written with them.
    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || char.IsSurrogate(character)
        || character is '\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\uFFFE' or '\uFFFF'
        || character is '\u200B' or '\u00AD' or '\u180E' or (>= '\u2060' and <= '\u2064') or (>= '\u206A' and <= '\u206F') or (>= '\uFFF9' and <= '\uFFFB')
        || character is >= '\u202A' and <= '\u202E'
        || character is >= '\u2066' and <= '\u2069';
}
