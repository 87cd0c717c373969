using System;
using System.Collections.Generic;
using System.Text;

namespace CloudPosture.Tests.Quoting;

/// <summary>
/// How cmd.exe turns one line of a batch file (or one typed at the prompt) into the command line of the program:
/// percent expansion first, then quotes, carets and special characters. Delayed expansion is off, as it is by default.
/// </summary>
internal static class CommandProcessor
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PATH"] = @"C:\Windows & more",
        ["a"] = "expanded",
    };

    public static string CommandLineOf(string line, bool batch) => Execute(Expand(line, batch));

    private static string Expand(string line, bool batch)
    {
        var expanded = new StringBuilder();
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] != '%')
            {
                expanded.Append(line[index]);
                continue;
            }

            var next = index + 1 < line.Length ? line[index + 1] : '\0';
            if (batch && next == '%')
            {
                expanded.Append('%');
                index++;
            }
            else if (batch && (char.IsAsciiDigit(next) || next == '*'))
            {
                index++;
            }
            else
            {
                Variable(line, ref index, batch, expanded);
            }
        }

        return expanded.ToString();
    }

    private static void Variable(string line, ref int index, bool batch, StringBuilder expanded)
    {
        var end = line.IndexOf('%', index + 1);
        if (end < 0)
        {
            expanded.Append(batch ? "" : "%");
            return;
        }

        var name = line.Substring(index + 1, end - index - 1);
        if (Variables.TryGetValue(name.Split(':')[0], out var value))
        {
            expanded.Append(value);
            index = end;
        }
        else if (batch)
        {
            index = end;
        }
        else
        {
            expanded.Append('%');
        }
    }

    private static string Execute(string line)
    {
        var command = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < line.Length; index++)
        {
            var character = line[index];
            Assert.False(character is '\n' or '\r' or '\u001A', $"the line ends early: {line}");
            if (!quoted && character == '^')
            {
                Assert.True(++index < line.Length, $"a caret joins the next line: {line}");
                command.Append(line[index]);
                continue;
            }

            Assert.False(!quoted && character is '&' or '|' or '<' or '>' or '(' or ')' && !quoted, $"an operator is active: {line}");
            quoted ^= character == '"';
            command.Append(character);
        }

        Assert.False(quoted, $"cmd.exe is left within quotes: {line}");
        return command.ToString();
    }
}
