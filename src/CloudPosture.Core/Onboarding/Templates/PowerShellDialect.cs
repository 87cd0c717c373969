using System.Collections.Generic;
using CloudPosture.Onboarding.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Both PowerShells. Each script settles how arguments are passed, so that another version reads it the same way.</summary>
internal sealed class PowerShellDialect(Shell shell) : ScriptDialect(shell)
{
    private readonly bool _legacy = shell == Shell.WindowsPowerShell;

    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return _legacy ? "#Requires -Version 5.1" : "#Requires -Version 7.3";
        yield return Comment(title);
        yield return "$ErrorActionPreference = 'Stop'";
        yield return $"$PSNativeCommandArgumentPassing = '{(_legacy ? "Legacy" : "Standard")}'";
        yield return "$account = aws sts get-caller-identity --query Account --output text";
        yield return "if ($LASTEXITCODE) { throw 'The AWS CLI could not tell which account this is.' }";
        if (expectedAccount is not null)
        {
            yield return $"if ($account -ne '{expectedAccount}') {{ throw \"These credentials are of account $account, and the role is for {expectedAccount}.\" }}";
        }
    }

    public override IEnumerable<string> Call(ScriptCommand command) =>
    [
        Comment(command.Purpose),
        "aws " + string.Join(" `\n  ", Words(command)) + " |\n  Out-Null",
        $"if ($LASTEXITCODE) {{ throw 'The {command.Operation} command failed.' }}",
    ];

    public override string Print(string before, string after) =>
        $"Write-Output ({PowerShellLiteral.Quoted(before)} + $account + {PowerShellLiteral.Quoted(after)})";

    public override string Comment(string text) => "# " + text;

    protected override string WithAccount(string before, string after) =>
        $"({Part(before)} + $account + {Part(after)})";

    private string Part(string text) => PowerShellLiteral.Quoted(_legacy ? WindowsCommandLine.EscapeQuotes(text) : text);
}
