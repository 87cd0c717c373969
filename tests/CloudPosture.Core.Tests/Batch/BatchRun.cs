using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudPosture.Tests.Batch;

/// <summary>
/// Runs a batch file as cmd.exe does: line by line, each expanded by its percent signs, then parsed, then run, and only then
/// expanded by its exclamation marks. One program is on the PATH; a command that is neither it nor cmd's own is noted.
/// </summary>
internal sealed class BatchRun
{
    /// <summary>The longest line, before and after its percent signs.</summary>
    private const int LongestLine = 8191;
    private readonly string[] _lines;
    private readonly BatchCommands _commands;
    private readonly Dictionary<char, string> _loops = [];
    private string[] _arguments = [];
    private int _next;
    private int _steps;

    public BatchRun(string script, BatchDisk disk, IReadOnlyDictionary<string, string> environment, Func<IReadOnlyList<string>, BatchAnswer> program, Func<int> random)
    {
        _lines = script.Split("\r\n");
        Variables = new BatchVariables(environment, disk, random);
        _commands = new BatchCommands(disk, Variables, program);
        Disk = disk;
    }

    public BatchVariables Variables { get; }

    public BatchDisk Disk { get; }

    /// <summary>What reached the screen, of both streams.</summary>
    public StringBuilder Screen { get; } = new();

    /// <summary>Commands that nobody meant.</summary>
    public IReadOnlyList<string> Strangers => _commands.Strangers;

    /// <summary>Runs it all; the exit code.</summary>
    public int Run() => RunFrame(0, []);

    private int RunFrame(int start, string[] arguments)
    {
        var (back, former, depth) = (_next, _arguments, Variables.Depth);
        (_next, _arguments) = (start, arguments);
        try
        {
            while (_next < _lines.Length)
            {
                Assert.True(++_steps < 20_000, "the script does not end");
                try
                {
                    RunLine(_lines[_next++]);
                }
                catch (LineEnded)
                {
                    // A jump leaves the rest of its line.
                }
            }

            return Variables.ErrorLevel;
        }
        catch (FrameEnded ended)
        {
            return Variables.ErrorLevel = ended.Code;
        }
        finally
        {
            (_next, _arguments) = (back, former);
            Variables.Pop(depth);
        }
    }

    private void RunLine(string line)
    {
        Assert.True(Encoding.UTF8.GetByteCount(line) <= LongestLine, "the line is longer than cmd.exe reads");
        if (line.StartsWith(':'))
        {
            return;
        }

        var expanded = BatchExpansion.Percent(line, _arguments, Variables.Get);
        Assert.True(expanded.Length <= LongestLine, "the expanded line is longer than cmd.exe takes");
        _loops.Clear();
        Run(BatchParser.Parse(expanded));
    }

    private int Run(BatchNode node) => node switch
    {
        BatchNode.Joined { Operator: "&" } both => Run(both.Left) is var _ ? Run(both.Right) : 0,
        BatchNode.Joined { Operator: "&&" } both => Run(both.Left) is not 0 and var code ? code : Run(both.Right),
        BatchNode.Joined both => Run(both.Left) is 0 ? 0 : Run(both.Right),
        BatchNode.Condition condition => Holds(condition) != condition.IsNegated ? Run(condition.Then) : 0,
        BatchNode.Loop loop => RunLoop(loop),
        BatchNode.Command command => RunCommand(command),
        _ => 0,
    };

    private bool Holds(BatchNode.Condition condition)
    {
        var (left, right) = (Expand(condition.Left), Expand(condition.Right));
        return condition.Operator switch
        {
            "==" => left == right,
            "DEFINED" => Variables.Get(left) is not null,
            "EXIST" => Disk.Read(left.Trim('"')) is not null,
            "GTR" => int.Parse(left, CultureInfo.InvariantCulture) > int.Parse(right, CultureInfo.InvariantCulture),
            var other => throw new NotSupportedException(other),
        };
    }

    private int RunLoop(BatchNode.Loop loop)
    {
        var code = 0;
        foreach (var item in Items(loop, Expand(loop.Set)))
        {
            _loops[loop.Variable] = item;
            code = Run(loop.Body);
        }

        _loops.Remove(loop.Variable);
        return code;
    }

    private static IEnumerable<string> Items(BatchNode.Loop loop, string set)
    {
        if (loop.Switch.Length == 0)
        {
            return Regex.Matches(set, "\"[^\"]*\"|[^ ,;=\t]+").Select(match => match.Value);
        }

        var delimiters = Regex.Match(loop.Options, "delims=(.*)").Groups[1].Value.ToCharArray();
        if (set.StartsWith('\'') || !set.StartsWith('"'))
        {
            // The one command that was ever asked: chcp.
            return ["850"];
        }

        var text = set[1..set.LastIndexOf('"')];
        var first = text.Split(delimiters, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return first is null || text.StartsWith(';') ? [] : [first];
    }

    private int RunCommand(BatchNode.Command command)
    {
        var text = Expand(command.Text).TrimStart(' ', '\t', ',', ';', '=', '@');
        var name = Regex.Match(text, "^[A-Za-z]*").Value.ToUpperInvariant();
        switch (name)
        {
            case "GOTO":
                _next = LineOf(text[4..].Trim());
                throw new LineEnded();
            case "EXIT":
                var code = Regex.Match(text, @"/b\s*(-?\d+)?", RegexOptions.IgnoreCase);
                Assert.True(code.Success, $"this closes the user's window: {text}");
                throw new FrameEnded(code.Groups[1].Success ? int.Parse(code.Groups[1].Value, CultureInfo.InvariantCulture) : Variables.ErrorLevel);
            case "CALL":
                return Call(text[4..]);
            default:
                var redirections = command.Redirections.Select(one => one with { Target = Expand(one.Target).Trim('"') }).ToList();
                return _commands.Run(name, text, redirections, Screen);
        }
    }

    private int Call(string text)
    {
        // The line is expanded and parsed once more.
        Assert.DoesNotContain('^', text);
        var words = Regex.Matches(BatchExpansion.Percent(text, _arguments, Variables.Get), "(\"[^\"]*\"|[^ ,;=\t\"])+").Select(match => match.Value).ToList();
        return RunFrame(LineOf(words[0]), [.. words.Skip(1)]);
    }

    private int LineOf(string label)
    {
        var line = Array.FindIndex(_lines, one => one.Equals(":" + label.TrimStart(':'), StringComparison.OrdinalIgnoreCase));
        Assert.True(line >= 0, $"there is no label {label}");
        return line + 1;
    }

    private string Expand(string text)
    {
        var replaced = Regex.Replace(text, "%(~f)?([A-Za-z])", match => !_loops.TryGetValue(match.Groups[2].Value[0], out var value) ? match.Value
            : match.Groups[1].Success ? Disk.Whole(value.Trim('"')) : value);
        return Variables.IsDelayed ? BatchExpansion.Delayed(replaced, Variables.Get) : replaced;
    }

    private sealed class LineEnded : Exception;

    private sealed class FrameEnded(int code) : Exception
    {
        public int Code => code;
    }
}
