using System.Collections.Generic;
using System.Linq;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Bash.</summary>
internal sealed class BashDialect() : ScriptDialect(Shell.Bash)
{
    /// <summary>Windows, where Git Bash runs, takes 32,767 characters, and Linux 131,072 bytes for an argument; the rest is a margin.</summary>
    private const int CommandLineLimit = 30000;
    private const string NextLine = " \\\n    ";

    protected override string Indent => "  ";

    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return "#!/usr/bin/env bash";
        yield return Comment(title);
        yield return "set -euo pipefail";
        yield return Comment("Git Bash would take a role's path for a folder of this machine.");
        yield return "export MSYS_NO_PATHCONV=1";
        yield return "account=$(aws sts get-caller-identity --query Account --output text)";
        yield return "[[ $account =~ ^[0-9]{12}$ ]] || { echo 'The AWS CLI did not tell which account this is.' >&2; exit 1; }";
        if (expectedAccount is not null)
        {
            yield return $"[ \"$account\" = {expectedAccount} ] || {{ echo \"These credentials are of account $account, and the role is for {expectedAccount}.\" >&2; exit 1; }}";
        }

        yield return "";
        yield return Comment("What AWS answers; empty where there is no such thing.");
        yield return "ask() {";
        yield return "  aws \"$@\" --output text 2> /dev/null && return";
        yield return "  local problem";
        yield return "  if problem=$(aws \"$@\" --output text 2>&1); then printf '%s\\n' \"$problem\"; return; fi";
        yield return "  [[ $problem == *'error occurred (NoSuchEntity)'* ]] || { printf '%s\\n' \"$problem\" >&2; return 1; }";
        yield return "}";
    }

    public override string Print(string before, string? after = null) => "echo " + (after is null ? Quoter.Quote(before) : WithAccount(before, after));

    public override string Comment(string text) => "# " + text;

    protected override IEnumerable<string> Call(ScriptCommand command)
    {
        var words = Words(command.Operation, command.Arguments);
        return words.Sum(word => word.Length + 1) <= CommandLineLimit
            ? [Comment(command.Purpose), Run(words)]
            : [Comment(command.Purpose), .. RunByFile(command)];
    }

    protected override IEnumerable<string> Ask(ScriptQuestion question)
    {
        yield return Comment(question.Purpose);
        yield return $"{question.Variable}=$(ask {string.Join(NextLine, Words(question.Operation, question.Arguments))})";
        if (question.IsVersion)
        {
            yield return $"[[ ${question.Variable} =~ ^(v[0-9]{{1,18}})?$ ]] || {{ echo 'AWS did not tell which version the policy has.' >&2; exit 1; }}";
        }
    }

    protected override IEnumerable<string> Choose(ScriptChoice choice)
    {
        var value = choice.AfterAccount is { } after ? WithAccount(choice.Value, after) : Quoter.Quote(choice.Value);
        var isEqual = choice.Equal.Count > 0;
        yield return $"if [ \"${choice.Variable}\" {(isEqual ? "=" : "!=")} {value} ]; then";
        foreach (var line in Inner(isEqual ? choice.Equal : choice.Other))
        {
            yield return line;
        }

        if (isEqual && choice.Other.Count > 0)
        {
            yield return "else";
            foreach (var line in Inner(choice.Other))
            {
                yield return line;
            }
        }

        yield return "fi";
    }

    protected override IEnumerable<string> Stop(ScriptStop stop) =>
    [
        $"[[ ${stop.Variable} =~ ^[{ScriptStop.Printed}]*$ ]] || {stop.Variable}={Quoter.Quote(ScriptStop.InItsPlace)}",
        $"echo {Quoter.Quote(stop.Before)}\"${stop.Variable}\"{Quoter.Quote(stop.After)} >&2",
        "exit 1",
    ];

    protected override string WithAccount(string before, string after) =>
        Quoter.Quote(before) + "\"$account\"" + Quoter.Quote(after);

    protected override string Variable(string name) => $"\"${name}\"";

    private static string Run(IEnumerable<string> words) => "aws " + string.Join(NextLine, words) + NextLine + "> /dev/null";

    /// <summary>What is built into the shell has no limit to its arguments.</summary>
    private IEnumerable<string> RunByFile(ScriptCommand command)
    {
        var input = ScriptInput.Of(command.Arguments.Where(argument => argument.IsInput));
        var words = Words(command.Operation, [.. command.Arguments.Where(argument => !argument.IsInput)]);
        return
        [
            "input=$(mktemp)",
            "trap 'rm -f \"$input\"' EXIT",
            $"printf %s {Quoter.QuoteJson(input.Value)} > \"$input\"",
            Run([.. words, $"{input.Option} \"file://$(cygpath -m \"$input\" 2> /dev/null || printf %s \"$input\")\""]),
            "rm -f \"$input\"",
        ];
    }
}
