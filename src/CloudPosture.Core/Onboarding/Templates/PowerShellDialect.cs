using System.Collections.Generic;
using System.Linq;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// Both PowerShells. A script runs only in the one whose way of passing arguments it is written for: Windows PowerShell 5.1
/// has no choice of it, and later ones are told which.
/// </summary>
internal sealed class PowerShellDialect(Shell shell) : ScriptDialect(shell)
{
    /// <summary>Windows takes 32,767 characters; the rest is for the program's path and for what quoting may add.</summary>
    private const int CommandLineLimit = 30000;
    private const string NextLine = " `\n    ";
    private readonly bool _legacy = shell == Shell.WindowsPowerShell;

    protected override string Indent => "    ";

    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return _legacy ? "#Requires -Version 5.1 -PSEdition Desktop" : "#Requires -Version 7.3";
        yield return Comment(title);
        yield return "$ErrorActionPreference = 'Stop'";
        if (!_legacy)
        {
            yield return "$PSNativeCommandArgumentPassing = 'Standard'";
            yield return "$PSNativeCommandUseErrorActionPreference = $false";
        }

        yield return Comment("A batch file such as aws.cmd, which pip makes for version 1, would read its arguments a second time.");
        yield return "$name = if ($env:OS -eq 'Windows_NT') { 'aws.exe' } else { 'aws' }";
        yield return "$aws = Get-Command -Name $name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1 -ExpandProperty Source";
        yield return "if (-not $aws) { throw \"There is no $name on the PATH: install version 2 of the AWS CLI.\" }";
        yield return "$account = & $aws sts get-caller-identity --query Account --output text";
        yield return "if ($LASTEXITCODE) { throw 'The AWS CLI could not tell which account this is.' }";
        yield return "if (\"$account\" -notmatch '^[0-9]{12}\\z') { throw 'The AWS CLI did not tell which account this is.' }";
        if (expectedAccount is not null)
        {
            yield return $"if ($account -ne '{expectedAccount}') {{ throw \"These credentials are of account $account, and the role is for {expectedAccount}.\" }}";
        }

        yield return "";
        yield return Comment("What AWS answers; empty where there is no such thing.");
        yield return "function Read-Answer([scriptblock] $Call) {";
        yield return "    $ErrorActionPreference = 'Continue'";
        yield return "    $answer = & $Call 2>&1";
        yield return "    if (-not $LASTEXITCODE) { return \"$($answer | Where-Object { $_ -is [string] })\" }";
        yield return "    if (\"$answer\" -notmatch 'error occurred \\(NoSuchEntity\\)') { throw \"$answer\" }";
        yield return "    ''";
        yield return "}";
    }

    public override string Print(string before, string? after = null) => "Write-Output " + (after is null
        ? PowerShellLiteral.Quoted(before)
        : $"({PowerShellLiteral.Quoted(before)} + $account + {PowerShellLiteral.Quoted(after)})");

    public override string Comment(string text) => "# " + text;

    protected override IEnumerable<string> Call(ScriptCommand command)
    {
        var words = Words(command.Operation, command.Arguments);
        return Length(words) <= CommandLineLimit
            ? [Comment(command.Purpose), .. Run(command, words)]
            : [Comment(command.Purpose), .. RunByFile(command)];
    }

    protected override IEnumerable<string> Ask(ScriptQuestion question) =>
    [
        Comment(question.Purpose),
        $"${question.Variable} = Read-Answer {{ & $aws {string.Join(NextLine, Words(question.Operation, question.Arguments))}{NextLine}--output text }}",
        .. question.IsVersion ? new[] { $"if (${question.Variable} -cnotmatch '^(v[0-9]{{1,18}})?\\z') {{ throw 'AWS did not tell which version the policy has.' }}" } : [],
    ];

    protected override IEnumerable<string> Choose(ScriptChoice choice)
    {
        var value = PowerShellLiteral.Quoted(choice.Value);
        if (choice.AfterAccount is { } after)
        {
            value = $"({value} + $account + {PowerShellLiteral.Quoted(after)})";
        }

        // The names of IAM's things are written in one way alone, so their case counts.
        var isEqual = choice.Equal.Count > 0;
        yield return $"if (${choice.Variable} {(isEqual ? "-ceq" : "-cne")} {value}) {{";
        foreach (var line in Inner(isEqual ? choice.Equal : choice.Other))
        {
            yield return line;
        }

        yield return "}";
        if (isEqual && choice.Other.Count > 0)
        {
            yield return "else {";
            foreach (var line in Inner(choice.Other))
            {
                yield return line;
            }

            yield return "}";
        }
    }

    protected override IEnumerable<string> Stop(ScriptStop stop) =>
    [
        $"if (${stop.Variable} -cnotmatch '^[{ScriptStop.Printed}]*\\z') {{ ${stop.Variable} = {PowerShellLiteral.Quoted(ScriptStop.InItsPlace)} }}",
        $"throw ({PowerShellLiteral.Quoted(stop.Before)} + ${stop.Variable} + {PowerShellLiteral.Quoted(stop.After)})",
    ];

    protected override string WithAccount(string before, string after) =>
        $"({Part(before)} + $account + {Part(after)})";

    protected override string Variable(string name) => "$" + name;

    /// <summary>What the program's command line may come to, its own path left out.</summary>
    private int Length(IEnumerable<string> words) =>
        words.Sum(word => (_legacy ? word : WindowsCommandLine.EscapeQuotes(word)).Length + 3);

    private static IEnumerable<string> Run(ScriptCommand command, IEnumerable<string> words) =>
    [
        "& $aws " + string.Join(NextLine, words) + " |\n    Out-Null",
        $"if ($LASTEXITCODE) {{ throw 'The {command.Operation} command failed.' }}",
    ];

    private IEnumerable<string> RunByFile(ScriptCommand command)
    {
        var input = ScriptInput.Of(command.Arguments.Where(argument => argument.IsInput));
        var words = Words(command.Operation, [.. command.Arguments.Where(argument => !argument.IsInput)]);
        return
        [
            "$file = [System.IO.Path]::GetTempFileName()",
            "try {",
            $"    [System.IO.File]::WriteAllText($file, {PowerShellLiteral.Quoted(input.Value)})",
            .. Run(command, [.. words, $"{input.Option} \"file://$file\""]).Select(line => Indent + line),
            "}",
            "finally { Remove-Item -LiteralPath $file }",
        ];
    }

    private string Part(string text) => PowerShellLiteral.Quoted(_legacy ? WindowsCommandLine.EscapeQuotes(text) : text);
}
