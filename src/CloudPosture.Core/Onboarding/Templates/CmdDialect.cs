using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Quoting;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// A batch file. It calls aws.exe by its full name, because a batch file named aws.cmd (version 1, installed by pip)
/// would parse its arguments a second time; for the same reason answers go through a file and not through for /f. Choices
/// are jumps, because a block in parentheses is expanded as a whole before it runs.
/// </summary>
internal sealed class CmdDialect() : ScriptDialect(Shell.Cmd)
{
    private const int LineLimit = 8191;
    private const string RestoreCodePage = "if defined CODEPAGE chcp %CODEPAGE% >nul";

    /// <summary>cmd.exe reads a batch file in the console's code page, which stays when the script has ended.</summary>
    private static readonly string[] UseUtf8 =
    [
        "set \"CODEPAGE=\"",
        "for /f \"tokens=2 delims=:.\" %%P in ('chcp') do set \"CODEPAGE=%%P\"",
        "chcp 65001 >nul",
    ];

    private int _choices;

    public override string NewLine => "\r\n";

    public override IEnumerable<string> Begin(string title, string? expectedAccount)
    {
        yield return "@echo off";
        yield return Comment(title);
        yield return "setlocal EnableExtensions DisableDelayedExpansion";
        yield return "set \"ANSWER=%TEMP%\\role-%RANDOM%%RANDOM%.txt\"";
        foreach (var line in UseUtf8)
        {
            yield return line;
        }

        yield return "call :main";
        yield return "set \"RESULT=%ERRORLEVEL%\"";
        yield return "del \"%ANSWER%\" \"%ANSWER%.err\" 2>nul";
        yield return RestoreCodePage;
        yield return "exit /b %RESULT%";
        yield return "";
        yield return ":main";
        yield return "where aws.exe >nul 2>nul || (echo The AWS CLI, version 2, is not on the PATH. 1>&2 & exit /b 1)";
        yield return "set \"ACCOUNT=\"";
        yield return "aws.exe sts get-caller-identity --query Account --output text >\"%ANSWER%\" || exit /b 1";
        yield return "set /p ACCOUNT=<\"%ANSWER%\"";
        if (expectedAccount is not null)
        {
            yield return $"if not \"%ACCOUNT%\"==\"{expectedAccount}\" (echo These credentials are of account %ACCOUNT%, and the role is for {expectedAccount}. 1>&2 & exit /b 1)";
        }
    }

    public override string Print(string before, string? after = null) =>
        "echo " + CmdQuoter.Echoed(before) + (after is null ? "" : "%ACCOUNT%" + CmdQuoter.Echoed(after));

    public override string Comment(string text) => "rem " + text;

    public override IEnumerable<string> End() => ["exit /b 0"];

    public override string Finish(string script) => script.Any(character => character > 127)
        ? script
        : string.Join(NewLine, script.Split([NewLine], StringSplitOptions.None).Where(line => line != RestoreCodePage && !UseUtf8.Contains(line)));

    protected override IEnumerable<string> Call(ScriptCommand command) =>
        [Comment(command.Purpose), Checked(command.Operation, $"aws.exe {string.Join(" ", Words(command.Operation, command.Arguments))} >nul || exit /b 1")];

    protected override IEnumerable<string> Ask(ScriptQuestion question)
    {
        var variable = Name(question.Variable);
        yield return Comment(question.Purpose);
        yield return $"set \"{variable}=\"";
        yield return "set \"FAILED=\"";
        yield return Checked(question.Operation, $"aws.exe {string.Join(" ", Words(question.Operation, question.Arguments))} --output text >\"%ANSWER%\" 2>\"%ANSWER%.err\" || set \"FAILED=1\"");
        yield return $"if not defined FAILED set /p {variable}=<\"%ANSWER%\"";
        yield return "if defined FAILED findstr /c:\"NoSuchEntity\" \"%ANSWER%.err\" >nul || (type \"%ANSWER%.err\" 1>&2 & exit /b 1)";
    }

    protected override IEnumerable<string> Choose(ScriptChoice choice)
    {
        var number = ++_choices;
        var variable = Name(choice.Variable);
        yield return choice.Value.Length == 0 && choice.AfterAccount is null
            ? $"if defined {variable} goto :other{number}"
            : $"if not \"%{variable}%\"==\"{choice.Value}{(choice.AfterAccount is { } after ? "%ACCOUNT%" + after : "")}\" goto :other{number}";
        foreach (var line in Inner(choice.Equal))
        {
            yield return line;
        }

        yield return $"goto :end{number}";
        yield return $":other{number}";
        foreach (var line in Inner(choice.Other))
        {
            yield return line;
        }

        yield return $":end{number}";
    }

    protected override IEnumerable<string> Stop(ScriptStop stop) =>
        [$"echo {CmdQuoter.Echoed(stop.Before)}%{Name(stop.Variable)}%{CmdQuoter.Echoed(stop.After)} 1>&2", "exit /b 1"];

    protected override string WithAccount(string before, string after) =>
        Quoter.Quote(before) + "%ACCOUNT%" + Quoter.Quote(after);

    protected override string Variable(string name) => $"%{Name(name)}%";

    private static string Name(string variable) => variable.ToUpperInvariant();

    private static string Checked(string operation, string line)
    {
        AwsLimits.Require(line.Length <= LineLimit, $"The {operation} command would have {line.Length:N0} characters, and a line of cmd.exe holds {LineLimit:N0}: use another format.");
        return line;
    }
}
