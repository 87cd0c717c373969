using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace CloudPosture.Tests.Batch;

/// <summary>The first phase of cmd.exe, percent signs, and its last before a command runs: exclamation marks.</summary>
internal static class BatchExpansion
{
    /// <summary>What <c>%name%</c>, <c>%1</c> and <c>%~1</c> stand for, in quotes or not. What is put in is not looked at again, here.</summary>
    public static string Percent(string line, string[] arguments, Func<string, string?> variable)
    {
        var text = new StringBuilder();
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] != '%')
            {
                text.Append(line[at]);
                continue;
            }

            var next = at + 1 < line.Length ? line[at + 1] : '\0';
            if (next == '%')
            {
                text.Append('%');
                at++;
            }
            else if (char.IsAsciiDigit(next))
            {
                text.Append(arguments.ElementAtOrDefault(next - '1'));
                at++;
            }
            else if (next == '~' && at + 2 < line.Length && char.IsAsciiDigit(line[at + 2]))
            {
                text.Append(arguments.ElementAtOrDefault(line[at + 2] - '1')?.Trim('"'));
                at += 2;
            }
            else if (line.IndexOf('%', at + 1) is >= 0 and var end)
            {
                text.Append(Value(line[(at + 1)..end], variable));
                at = end;
            }
        }

        return text.ToString();
    }

    /// <summary>Where there is an exclamation mark, carets escape; the values put in are never parsed.</summary>
    public static string Delayed(string text, Func<string, string?> variable)
    {
        if (!text.Contains('!'))
        {
            return text;
        }

        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '^' && at + 1 < text.Length)
            {
                expanded.Append(text[++at]);
            }
            else if (text[at] != '!')
            {
                expanded.Append(text[at]);
            }
            else if (text.IndexOf('!', at + 1) is >= 0 and var end)
            {
                expanded.Append(Value(text[(at + 1)..end], variable));
                at = end;
            }
        }

        return expanded.ToString();
    }

    private static string Value(string expression, Func<string, string?> variable)
    {
        var parts = expression.Split(":~", 2);
        var value = variable(parts[0]);
        if (parts.Length == 1)
        {
            return value ?? "";
        }

        Assert.True(value is not null, $"a part of a variable that is not defined, which gives other text: {expression}");
        var numbers = parts[1].Split(',').Select(number => int.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(numbers.All(number => number >= 0));
        var rest = value[Math.Min(numbers[0], value.Length)..];
        return numbers.Length == 1 ? rest : rest[..Math.Min(numbers[1], rest.Length)];
    }
}
