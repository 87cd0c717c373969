using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CloudPosture.Tests.Quoting;

/// <summary>How Windows PowerShell 5.1 reads literal arguments and builds a program's command line from them.</summary>
internal static class WindowsPowerShellEngine
{
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";

    public static string CommandLineOf(string line) =>
        string.Join(" ", Tokens(line).Select(argument => NeedsQuotes(argument) ? $"\"{argument}\"" : argument));

    private static IEnumerable<string> Tokens(string line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] != ' ')
            {
                yield return SingleQuotes.Contains(line[index]) ? Literal(line, ref index) : Bare(line, ref index);
            }
        }
    }

    private static string Literal(string line, ref int index)
    {
        var text = new StringBuilder();
        for (index++; ; index++)
        {
            Assert.True(index < line.Length, $"a string is left open: {line}");
            if (SingleQuotes.Contains(line[index]))
            {
                if (index + 1 == line.Length || !SingleQuotes.Contains(line[index + 1]))
                {
                    break;
                }

                index++;
            }

            text.Append(line[index]);
        }

        Assert.True(index + 1 == line.Length || line[index + 1] == ' ', $"text follows a string: {line}");
        return text.ToString();
    }

    private static string Bare(string line, ref int index)
    {
        var end = line.IndexOf(' ', index);
        var text = line.Substring(index, (end < 0 ? line.Length : end) - index);
        Assert.Matches("^[A-Za-z][A-Za-z0-9_./:-]*$", text);
        index += text.Length;
        return text;
    }

    private static bool NeedsQuotes(string argument)
    {
        var quotes = 0;
        foreach (var character in argument)
        {
            if (character == '"')
            {
                quotes++;
            }
            else if (char.IsWhiteSpace(character) && quotes % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }
}
