using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Quoting;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// A batch file. It calls aws.exe by its full name, because a batch file named aws.cmd (version 1, installed by pip)
/// would parse its arguments a second time.
/// </summary>
internal sealed class CmdDialect() : ScriptDialect(Shell.Cmd)
{
    private const int LineLimit = 8191;

    public override string NewLine => "\r\n";

    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return "@echo off";
        yield return Comment(title);
        yield return "setlocal EnableExtensions DisableDelayedExpansion";
        yield return "where aws.exe >nul 2>nul || (echo The AWS CLI, version 2, is not on the PATH. 1>&2 & exit /b 1)";
        yield return "set \"ACCOUNT=\"";
        yield return "for /f \"delims=\" %%A in ('aws.exe sts get-caller-identity --query Account --output text') do set \"ACCOUNT=%%A\"";
        yield return "if not defined ACCOUNT exit /b 1";
        if (expectedAccount is not null)
        {
            yield return $"if not \"%ACCOUNT%\"==\"{expectedAccount}\" (echo These credentials are of account %ACCOUNT%, and the role is for {expectedAccount}. 1>&2 & exit /b 1)";
        }
    }

    public override IEnumerable<string> Call(ScriptCommand command)
    {
        var line = $"aws.exe {string.Join(" ", Words(command))} >nul || exit /b 1";
        AwsLimits.Require(line.Length <= LineLimit, $"The {command.Operation} command would have {line.Length:N0} characters, and a line of cmd.exe holds {LineLimit:N0}: use another format.");
        return [Comment(command.Purpose), line];
    }

    public override string Print(string before, string after) => "echo " + WithAccount(before, after);

    public override string Comment(string text) => "rem " + text;

    /// <summary>cmd.exe reads a batch file in the console's code page.</summary>
    public override string Finish(string script) =>
        script.All(character => character < 128) ? script : script.Replace("@echo off\r\n", "@echo off\r\nchcp 65001 >nul\r\n");

    protected override string WithAccount(string before, string after) =>
        Quoter.Quote(before) + "%ACCOUNT%" + Quoter.Quote(after);
}
