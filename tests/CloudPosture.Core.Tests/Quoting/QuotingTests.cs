using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Quoting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Quoting;

/// <summary>What the shell hands to the program is what was meant, or the quoter refuses.</summary>
public sealed class QuotingTests
{
    private const int Runs = 2000;

    [Theory]
    [InlineData(Shell.Bash)]
    [InlineData(Shell.Cmd)]
    [InlineData(Shell.WindowsPowerShell)]
    [InlineData(Shell.PowerShell)]
    public void JsonIsNeverRefusedAndArrivesWithTheSameMeaning(Shell shell) =>
        Check(Argument.Json, json =>
        {
            var quoted = ArgumentQuoter.For(shell).QuoteJson(json);
            Assert.All(quoted, character => Assert.InRange(character, ' ', '~'));
            var received = Received(shell, quoted);
            return received is null || JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(received));
        });

    [Theory]
    [InlineData(Shell.Cmd)]
    [InlineData(Shell.WindowsPowerShell)]
    public void TextArrivesUnchangedOrIsRefused(Shell shell) =>
        Check(Argument.Texts, text => TryQuote(shell, text) is not { } quoted || Received(shell, quoted) == text);

    [Fact]
    public void AtThePromptOfCmdWhatHoldsNoPercentArrivesToo() =>
        Check(Argument.Texts, text =>
            text.Contains('%')
            || TryQuote(Shell.Cmd, text) is not { } quoted
            || WindowsProgram.Arguments(CommandProcessor.CommandLineOf($"aws {quoted} end", batch: false)) is ["aws", var received, "end"] && received == text);

    [Fact]
    public void CmdRefusesOnlyControlCharacters() =>
        Check(Argument.Texts, text =>
            TryQuote(Shell.Cmd, text) is not null != text.Any(character => char.IsControl(character) && character != '\t'));

    [Fact]
    public void BashItselfHandsOverTheText()
    {
        if (ExternalTool.IsHere("bash"))
        {
            CheckForReal(Argument.Texts, Shell.Bash, "bash");
        }
    }

    [Fact]
    public void PowerShellItselfHandsOverTheText()
    {
        if (ExternalTool.IsHere("pwsh"))
        {
            CheckForReal(Argument.Texts, Shell.PowerShell, "pwsh", "$ErrorActionPreference = 'Stop'\n$PSNativeCommandArgumentPassing = 'Standard'\n");
        }
    }

    /// <summary>PowerShell 7's legacy mode is Windows PowerShell's, but for backslashes before the quote it adds.</summary>
    [Fact]
    public void PowerShellsLegacyModeHandsOverWhatIsQuotedForWindowsPowerShell()
    {
        if (ExternalTool.IsHere("pwsh"))
        {
            var texts = Arb.From(Argument.Texts.Generator.Where(text => !text.EndsWith('\\')));
            CheckForReal(texts, Shell.WindowsPowerShell, "pwsh", "$ErrorActionPreference = 'Stop'\n$PSNativeCommandArgumentPassing = 'Legacy'\n");
        }
    }

    [Theory]
    [InlineData(Shell.Bash, """'{"a":"b c"}'""")]
    [InlineData(Shell.Cmd, """
        "{\"a\":\"b c\"}"
        """)]
    [InlineData(Shell.WindowsPowerShell, """'{ \"a\":\"b c\"}'""")]
    [InlineData(Shell.PowerShell, """'{"a":"b c"}'""")]
    public void JsonLooksAsItsReadersKnowIt(Shell shell, string expected) =>
        Assert.Equal(expected, ArgumentQuoter.For(shell).QuoteJson("""{ "a": "b c" }"""));

    [Theory]
    [InlineData(Shell.Bash, "it's", @"'it'\''s'")]
    [InlineData(Shell.Bash, "", "''")]
    [InlineData(Shell.Bash, "arn:aws:iam::aws:policy/SecurityAudit", "arn:aws:iam::aws:policy/SecurityAudit")]
    [InlineData(Shell.Cmd, "100% & more", "\"100%% & more\"")]
    [InlineData(Shell.Cmd, "a\"&b", "\"a\\\"^&b^\"")]
    [InlineData(Shell.WindowsPowerShell, "", "'\"\"'")]
    [InlineData(Shell.WindowsPowerShell, "a b\\", "'a b\\\\'")]
    [InlineData(Shell.PowerShell, "it's", "'it''s'")]
    public void TextLooksAsItsReadersKnowIt(Shell shell, string text, string expected) =>
        Assert.Equal(expected, ArgumentQuoter.For(shell).Quote(text));

    [Theory]
    [InlineData(Shell.Cmd, "two\nlines", "line break")]
    [InlineData(Shell.WindowsPowerShell, "\"two words\"", "odd count")]
    [InlineData(Shell.Bash, "nul\0", "NUL")]
    public void WhatCannotBeSafeIsRefusedWithAWayOut(Shell shell, string text, string reason)
    {
        var refusal = Assert.Throws<UnquotableArgumentException>(() => ArgumentQuoter.For(shell).Quote(text));
        Assert.Contains(reason, refusal.Message);
        Assert.Contains("file://", refusal.Message);
    }

    [Fact]
    public void HalfASurrogatePairIsRefused() =>
        Assert.Contains("surrogate", Assert.Throws<UnquotableArgumentException>(() => ArgumentQuoter.For(Shell.PowerShell).Quote("\uD800")).Message);

    private static void Check(Arbitrary<string> texts, System.Func<string, bool> holds) =>
        Prop.ForAll(texts, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    private static void CheckForReal(Arbitrary<string> texts, Shell shell, string program, string preamble = "")
    {
        var meant = new List<string>();
        var quoted = new List<string>();
        foreach (var text in texts.Generator.Sample(400, 12))
        {
            if (TryQuote(shell, text) is { } argument)
            {
                meant.Add(text);
                quoted.Add(argument);
            }
        }

        Assert.True(meant.Count > 100);
        Assert.Equal(meant, RealShell.Receive(program, quoted, preamble));
    }

    private static string? TryQuote(Shell shell, string text)
    {
        try
        {
            return ArgumentQuoter.For(shell).Quote(text);
        }
        catch (UnquotableArgumentException)
        {
            return null;
        }
    }

    /// <summary>What a program receives by the shell's published rules; null where only the real shell can tell.</summary>
    private static string? Received(Shell shell, string quoted) => shell switch
    {
        Shell.Cmd => Only(CommandProcessor.CommandLineOf($"aws {quoted} end", batch: true)),
        Shell.WindowsPowerShell => Only(WindowsPowerShellEngine.CommandLineOf($"aws {quoted} end")),
        _ => null,
    };

    private static string Only(string commandLine)
    {
        var arguments = WindowsProgram.Arguments(commandLine);
        Assert.Equal(3, arguments.Count);
        Assert.Equal("end", arguments[2]);
        return arguments[1];
    }
}
