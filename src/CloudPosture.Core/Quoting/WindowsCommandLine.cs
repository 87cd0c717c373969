using System.Text;

namespace CloudPosture.Quoting;

/// <summary>
/// How Windows programs split their command line (CommandLineToArgvW and the C runtime agree on this much): a backslash
/// is literal unless a run of them stands before a quote; there each pair is one backslash, and an odd one makes the
/// quote literal.
/// </summary>
internal static class WindowsCommandLine
{
    /// <summary>Escapes the quotes and the backslashes before them, for use with or without quotes around the whole.</summary>
    public static string EscapeQuotes(string argument)
    {
        var escaped = new StringBuilder(argument.Length + 16);
        var backslashes = 0;
        foreach (var character in argument)
        {
            if (character == '"')
            {
                escaped.Append('\\', backslashes + 1);
            }

            backslashes = character == '\\' ? backslashes + 1 : 0;
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Doubles the backslashes at the end, which a closing quote follows.</summary>
    public static string DoubleTrailingBackslashes(string text)
    {
        var length = text.Length;
        while (length > 0 && text[length - 1] == '\\')
        {
            length--;
        }

        return text + new string('\\', text.Length - length);
    }
}
