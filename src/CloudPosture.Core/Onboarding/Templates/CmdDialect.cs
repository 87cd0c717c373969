using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>
/// A batch file, in ASCII alone. It calls aws.exe by its full name, because a batch file named aws.cmd (version 1, installed
/// by pip) would parse its arguments a second time. What AWS answers stays in files of a folder of its own, and is read only
/// where delayed expansion puts it in after the line is parsed; what stands in a line by its percent signs has been found to
/// be digits. Choices are jumps, because a block in parentheses is expanded as a whole before it runs.
/// </summary>
internal sealed class CmdDialect() : ScriptDialect(Shell.Cmd)
{
    /// <summary>A line holds 8,191 characters; the rest is a margin for what a variable may add.</summary>
    private const int LineLimit = 8000;

    /// <summary>The script stands in its own folder, so settings that name files from where the user stands are made whole.</summary>
    private const string FileSettings = "AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_CA_BUNDLE AWS_WEB_IDENTITY_TOKEN_FILE";

    private int _choices;

    public override string NewLine => "\r\n";

    public override IEnumerable<string> Begin(string title, string? expectedAccount) =>
    [
        "@echo off",
        Comment(title),
        "setlocal EnableExtensions EnableDelayedExpansion",
        // A variable of the user's by one of these names would stand in for cmd's own.
        "for %%V in (CD ERRORLEVEL RANDOM) do set \"%%V=\"",
        "if \"!TEMP!\"==\"\" (echo The variable TEMP names no folder for what AWS answers. 1>&2 & exit /b 1)",
        "set \"TRIES=0\"",
        ":folder",
        "set /a TRIES+=1",
        "if !TRIES! gtr 99 (echo No folder could be made in that of the variable TEMP. 1>&2 & exit /b 1)",
        "set \"FOLDER=!TEMP!\\role-!RANDOM!!RANDOM!\"",
        "mkdir \"!FOLDER!\" 2>nul || goto :folder",
        "type nul >\"!FOLDER!\\account\"",
        $"for %%V in ({FileSettings}) do if defined %%V for %%F in (\"!%%V!\") do if exist \"%%~fF\" set \"%%V=%%~fF\"",
        "cd /d \"!FOLDER!\"",
        "if not exist account (echo The folder that was made in that of the variable TEMP cannot be used. 1>&2 & exit /b 1)",
        "set \"FOLDER=!CD!\"",
        "setlocal DisableDelayedExpansion",
        "call :main",
        "endlocal & set \"RESULT=%ERRORLEVEL%\"",
        "cd ..",
        "rmdir /s /q \"!FOLDER!\"",
        "exit /b %RESULT%",
        "",
        ":main",
        "where aws.exe >nul 2>nul || (echo The AWS CLI, version 2, is not on the PATH. 1>&2 & exit /b 1)",
        "aws.exe sts get-caller-identity --query Account --output text >account || exit /b 1",
        "call :digits account \"\" 12 || (echo The AWS CLI did not tell which account this is. 1>&2 & exit /b 1)",
        "set /p ACCOUNT=<account",
        .. expectedAccount is null ? [] : new[] { $"if not \"%ACCOUNT%\"==\"{expectedAccount}\" (echo These credentials are of account %ACCOUNT%, and the role is for {expectedAccount}. 1>&2 & exit /b 1)" },
    ];

    public override string Print(string before, string? after = null) =>
        "echo " + CmdQuoter.Echoed(before) + (after is null ? "" : "%ACCOUNT%" + CmdQuoter.Echoed(after));

    /// <summary>Percent signs mean something even in a remark, and so does a caret that ends it.</summary>
    public override string Comment(string text) => "rem " + text.Replace('%', '_').Replace('^', '_').Replace("/?", "/_");

    public override IEnumerable<string> End() =>
    [
        "exit /b 0",
        "",
        ":absent",
        Comment("Whether the call failed because there is no such thing; then the answer is empty."),
        "type nul >%1",
        "findstr /c:\"error occurred (NoSuchEntity)\" errors >nul && exit /b 0",
        "type errors 1>&2",
        "exit /b 1",
        "",
        ":is",
        Comment("Whether an answer is a text."),
        "setlocal EnableDelayedExpansion",
        "set \"ANSWER=\"",
        "set /p ANSWER=<%1",
        "if \"!ANSWER!\"==\"%~2\" exit /b 0",
        "exit /b 1",
        "",
        ":digits",
        Comment("Whether an answer is a prefix and then digits, as many as the third argument says or, without it, at most 18."),
        "setlocal EnableDelayedExpansion",
        "set \"ANSWER=\"",
        "set /p ANSWER=<%1",
        "if \"!ANSWER!\"==\"\" exit /b 1",
        "if not \"%~2\"==\"\" if not \"!ANSWER:~0,1!\"==\"%~2\" exit /b 1",
        "if not \"%~2\"==\"\" set \"ANSWER=!ANSWER:~1!\"",
        "if \"!ANSWER!\"==\"\" exit /b 1",
        "if not \"!ANSWER:~18!\"==\"\" exit /b 1",
        Comment("The 0 in front keeps a semicolon from hiding the rest."),
        "for /f \"delims=0123456789\" %%C in (\"0!ANSWER!\") do exit /b 1",
        "if \"%~3\"==\"\" exit /b 0",
        "set /a LAST=%~3-1",
        "if \"!ANSWER:~%LAST%,1!\"==\"\" exit /b 1",
        "if not \"!ANSWER:~%~3!\"==\"\" exit /b 1",
        "exit /b 0",
    ];

    protected override bool CanWrite(string text) => base.CanWrite(text) && text.All(character => character <= '~');

    protected override IEnumerable<string> Call(ScriptCommand command)
    {
        yield return Comment(command.Purpose);
        var line = Line(command.Operation, command.Arguments);
        if (line.Length <= LineLimit)
        {
            yield return line;
            yield break;
        }

        // A document is a file of its own, because within another one it would be a single text, and so a single line.
        var documents = command.Arguments.Where(argument => argument.IsDocument).ToList();
        var rest = command.Arguments.Where(argument => argument.IsInput && !argument.IsDocument).ToList();
        foreach (var (name, json) in documents.Select(argument => ("document", argument.Value)).Append(("input", ScriptInput.Of(rest).Value)))
        {
            yield return $"type nul >{name}";
            foreach (var text in ScriptInput.Lines(json))
            {
                yield return Checked(command.Operation, $">>{name} echo {text}");
            }
        }

        yield return Checked(command.Operation, Line(command.Operation,
        [
            .. command.Arguments.Where(argument => !argument.IsInput),
            .. documents.Select(argument => ScriptArgument.Address(argument.Option, "file://document")),
            ScriptArgument.Address("--cli-input-json", "file://input"),
        ]));
    }

    protected override IEnumerable<string> Ask(ScriptQuestion question)
    {
        var file = question.Variable;
        yield return Comment(question.Purpose);
        yield return Checked(question.Operation, $"aws.exe {string.Join(" ", Words(question.Operation, question.Arguments))} --output text >{file} 2>errors || call :absent {file} || exit /b 1");
        if (question.IsVersion)
        {
            yield return $"set \"{Name(file)}=\"";
            yield return $"call :is {file} \"\" || call :digits {file} v || (echo AWS did not tell which version the policy has. 1>&2 & exit /b 1)";
            yield return $"set /p {Name(file)}=<{file}";
        }
    }

    protected override IEnumerable<string> Choose(ScriptChoice choice)
    {
        var number = ++_choices;
        yield return $"call :is {choice.Variable} \"{choice.Value}{(choice.AfterAccount is { } after ? "%ACCOUNT%" + after : "")}\" || goto :other{number}";
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
    [
        "setlocal EnableDelayedExpansion",
        $"set /p ANSWER=<{stop.Variable}",
        $"for /f \"delims={ScriptStop.Printed}\" %%C in (\"0!ANSWER!\") do set \"ANSWER={ScriptStop.InItsPlace}\"",
        $"echo {CmdQuoter.Echoed(stop.Before)}!ANSWER!{CmdQuoter.Echoed(stop.After)} 1>&2",
        "exit /b 1",
    ];

    protected override string WithAccount(string before, string after) =>
        Quoter.Quote(before) + "%ACCOUNT%" + Quoter.Quote(after);

    protected override string Variable(string name) => $"%{Name(name)}%";

    private static string Name(string variable) => variable.ToUpperInvariant();

    private string Line(string operation, IReadOnlyList<ScriptArgument> arguments) =>
        $"aws.exe {string.Join(" ", Words(operation, arguments))} >nul || exit /b 1";

    private static string Checked(string operation, string line)
    {
        AwsLimits.Require(line.Length <= LineLimit, $"The {operation} command would have a line of {line.Length:N0} characters, and one of cmd.exe holds {LineLimit:N0}: make the longest text shorter, or use another format.");
        return line;
    }
}
