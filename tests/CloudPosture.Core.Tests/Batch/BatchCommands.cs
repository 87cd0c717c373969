using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CloudPosture.Tests.Quoting;

namespace CloudPosture.Tests.Batch;

/// <summary>The commands that cmd.exe has itself, as far as our scripts use them, and the programs that they start.</summary>
internal sealed class BatchCommands(BatchDisk disk, BatchVariables variables, Func<IReadOnlyList<string>, BatchAnswer> program)
{
    private readonly List<string> _strangers = [];

    /// <summary>Commands that nobody meant.</summary>
    public IReadOnlyList<string> Strangers => _strangers;

    /// <summary>Runs one command with its streams where they are sent; its exit code.</summary>
    public int Run(string name, string text, IReadOnlyList<BatchNode.Redirection> redirections, StringBuilder screen)
    {
        var input = redirections.Where(one => one.Handle == 0).Select(one => disk.Read(one.Target)).LastOrDefault();
        // A file is emptied before the command begins.
        if (redirections.Any(one => one.Operator != "<" && !one.Target.StartsWith('&') && !disk.Write(one.Target, "", one.Operator == ">>")))
        {
            screen.Append("The system cannot find the path specified.\n");
            return 1;
        }

        var answer = Carry(name, text, input);
        Deliver(1, answer.Output, redirections, screen);
        Deliver(2, answer.Errors, redirections, screen);
        if (name is not ("ECHO" or "SET" or "TYPE") || answer.Code != 0)
        {
            variables.ErrorLevel = answer.Code;
        }

        return answer.Code;
    }

    private BatchAnswer Carry(string name, string text, string? input)
    {
        var rest = text[name.Length..];
        var words = WordsOf(rest);
        switch (name)
        {
            case "ECHO":
                return new(0, rest.Equals(" off", StringComparison.OrdinalIgnoreCase) ? "" : (rest.Length > 0 ? rest[1..] : "ECHO is off.") + "\n");
            case "SET":
                return Set(rest.Trim(), input);
            case "SETLOCAL":
                variables.Push(rest);
                return new(0);
            case "ENDLOCAL":
                variables.Pop(variables.Depth - 1);
                return new(0);
            case "MKDIR":
                return disk.MakeFolder(words[0]) ? new(0) : new(1, "", "A subdirectory or file already exists.\n");
            case "CD":
                return disk.Enter(words[^1]) ? new(0) : new(1, "", "The system cannot find the path specified.\n");
            case "RMDIR":
                disk.RemoveTree(words[^1]);
                return new(0);
            case "DEL":
                words.ForEach(word => disk.Files.Remove(disk.Whole(word)));
                return new(0);
            case "TYPE":
                return disk.Read(words[0]) is { } content ? new(0, content) : new(1, "", "The system cannot find the file specified.\n");
            case "WHERE":
                return words[0] == "aws.exe" ? new(0, @"C:\aws.exe") : new(1);
            case "CHCP":
                return new(0);
            case "FINDSTR":
                return (disk.Read(words[^1]) ?? "").Contains(Regex.Match(rest, "/c:\"([^\"]*)\"").Groups[1].Value) ? new(0) : new(1);
            case "AWS" when text.StartsWith("aws.exe ", StringComparison.Ordinal):
                return program([.. WindowsProgram.Arguments(text).Skip(1)]);
            default:
                _strangers.Add(text);
                return new(9009, "", $"'{text}' is not recognized as an internal or external command.\n");
        }
    }

    private BatchAnswer Set(string text, string? input)
    {
        if (text.StartsWith("/p ", StringComparison.OrdinalIgnoreCase))
        {
            var name = text[3..].TrimEnd('=').Trim();
            var line = (input ?? "").Split('\n')[0];
            line = line[..Math.Min(line.Length, 1023)].TrimEnd([.. Enumerable.Range(0, 32).Select(code => (char)code)]).TrimStart(' ', '\t');
            if (line.Length == 0)
            {
                return new(1);
            }

            variables.Set(name, line);
            return new(0);
        }

        if (text.StartsWith("/a ", StringComparison.OrdinalIgnoreCase))
        {
            var sum = Regex.Match(text, @"^/a (\w+)(\+?)=(\d+)(?:-(\d+))?$");
            Assert.True(sum.Success, $"arithmetic: {text}");
            var value = (sum.Groups[2].Length > 0 ? int.Parse(variables.Get(sum.Groups[1].Value) ?? "0", CultureInfo.InvariantCulture) : 0)
                + int.Parse(sum.Groups[3].Value, CultureInfo.InvariantCulture)
                - (sum.Groups[4].Success ? int.Parse(sum.Groups[4].Value, CultureInfo.InvariantCulture) : 0);
            variables.Set(sum.Groups[1].Value, value.ToString(CultureInfo.InvariantCulture));
            return new(0);
        }

        // The last quote of the line ends the assignment.
        Assert.StartsWith("\"", text);
        var assignment = text[1..text.LastIndexOf('"')].Split('=', 2);
        variables.Set(assignment[0], assignment[1]);
        return new(0);
    }

    private void Deliver(int handle, string text, IReadOnlyList<BatchNode.Redirection> redirections, StringBuilder screen)
    {
        if (redirections.LastOrDefault(one => one.Handle == handle) is not { } redirection)
        {
            screen.Append(text);
        }
        else if (redirection.Target.StartsWith('&'))
        {
            Deliver(redirection.Target[1] - '0', text, redirections, screen);
        }
        else
        {
            disk.Write(redirection.Target, text, isAppended: true);
        }
    }

    private static List<string> WordsOf(string text) =>
        [.. Regex.Matches(text, "\"[^\"]*\"|[^ ,;=\t]+").Select(match => match.Value.Trim('"')).Where(word => !word.StartsWith('/'))];
}
