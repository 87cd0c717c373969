using System.Collections.Generic;
using System.Text;

namespace CloudPosture.Tests.Quoting;

/// <summary>How the C runtime of a Windows program splits its command line, from Microsoft's published rules.</summary>
internal static class WindowsProgram
{
    public static IReadOnlyList<string> Arguments(string commandLine)
    {
        var arguments = new List<string>();
        var index = 0;
        while (true)
        {
            while (index < commandLine.Length && commandLine[index] is ' ' or '\t')
            {
                index++;
            }

            if (index == commandLine.Length)
            {
                return arguments;
            }

            arguments.Add(Argument(commandLine, ref index));
        }
    }

    private static string Argument(string line, ref int index)
    {
        var argument = new StringBuilder();
        var quoted = false;
        while (index < line.Length && (quoted || line[index] is not (' ' or '\t')))
        {
            var backslashes = 0;
            while (index < line.Length && line[index] == '\\')
            {
                backslashes++;
                index++;
            }

            if (index < line.Length && line[index] == '"')
            {
                argument.Append('\\', backslashes / 2);
                // A doubled quote within quotes is read differently by different runtimes, so nothing may rely on it.
                Assert.False(quoted && backslashes % 2 == 0 && index + 1 < line.Length && line[index + 1] == '"', $"ambiguous quotes: {line}");
                if (backslashes % 2 == 1)
                {
                    argument.Append('"');
                }
                else
                {
                    quoted = !quoted;
                }

                index++;
                continue;
            }

            argument.Append('\\', backslashes);
            if (index < line.Length && (quoted || line[index] is not (' ' or '\t')))
            {
                argument.Append(line[index++]);
            }
        }

        Assert.False(quoted && index == line.Length, $"a quote is left open: {line}");
        return argument.ToString();
    }
}
