using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Templates;

/// <summary>The scripts run for real, in the shells that this machine has.</summary>
public sealed class ShellScriptTests
{
    private const string Hostile = "x\"'`$(echo PWNED)${PWNED};echo PWNED&&echo PWNED|\u001b[2J##vso[x]";

    /// <summary>Each format with the shell it runs in.</summary>
    public static TheoryData<TemplateFormat, string> Formats => new()
    {
        { TemplateFormat.Bash, "bash" },
        { TemplateFormat.PowerShell, "pwsh" },
        { TemplateFormat.WindowsPowerShell, "pwsh" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void TheShellHandsTheAwsCliWhatTheRoleSays(TemplateFormat format, string shell)
    {
        var role = format == TemplateFormat.WindowsPowerShell ? TestRoles.Hostile with { Description = TestRoles.Hostile.Description + "." } : TestRoles.Hostile;
        if (Run(format, shell, role) is { } run)
        {
            Assert.True(run.ExitCode == 0, run.Screen);
            ScriptCalls.AssertSay(role, run.Calls);
        }
    }

    /// <summary>Starting PowerShell takes a second, so that the long, the quoted and what looks like an address go together.</summary>
    [Theory]
    [InlineData(TemplateFormat.Bash, "bash", "file:///etc/passwd")]
    [InlineData(TemplateFormat.Bash, "bash", "two\r\nlines")]
    [InlineData(TemplateFormat.WindowsPowerShell, "pwsh", "5\" disk")]
    [InlineData(TemplateFormat.PowerShell, "pwsh", "https://example.com/role")]
    public void WhatIsLongOrReadOtherwiseIsHandedOverAsJsonOrByFile(TemplateFormat format, string shell, string description)
    {
        // Each of these is two characters in memory, and twelve in JSON: more than Linux takes as one argument.
        var tags = Enumerable.Range(0, 50).ToDictionary(number => string.Concat(Enumerable.Repeat("\U00020000", 100)) + number, _ => string.Concat(Enumerable.Repeat("\U00020001", 256)));
        if (Run(format, shell, TestRoles.Hostile with { Tags = tags, Description = description }, new() { ["version"] = "v1", ["same"] = "True" }) is { } run)
        {
            Assert.True(run.ExitCode == 0, run.Screen);
            var created = run.Calls.Single(call => call[1] == "create-role");
            Assert.Equal(tags, ScriptCalls.Value(created, "Tags")!.AsArray().ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!));
            Assert.Equal(description, (string?)ScriptCalls.Value(created, "Description"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("a&echo/PWNED&/X")]
    [InlineData("$(echo PWNED)")]
    public void AnAccountThatIsNotTwelveDigitsIsRefused(string account)
    {
        if (Run(TemplateFormat.Bash, "bash", TestRoles.Of(Vendor.Cyscale), new() { ["account"] = account }) is { } run)
        {
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("did not tell which account", run.Screen);
            Assert.Empty(run.Calls);
        }
    }

    [Theory]
    [InlineData(TemplateFormat.Bash, "bash", "account")]
    [InlineData(TemplateFormat.Bash, "bash", "version")]
    [InlineData(TemplateFormat.Bash, "bash", "same")]
    [InlineData(TemplateFormat.Bash, "bash", "found")]
    [InlineData(TemplateFormat.Bash, "bash", "held")]
    [InlineData(TemplateFormat.PowerShell, "pwsh", "found")]
    public void AnAnswerOfAwsIsNeverACommand(TemplateFormat format, string shell, string question)
    {
        var answers = new Dictionary<string, string> { [question] = Hostile };
        if (question == "same")
        {
            answers["version"] = "v1";
        }

        if (Run(format, shell, question == "held" ? TestRoles.Of(Vendor.Cartography, RolePart.Hub) : TestRoles.Hostile, answers) is { } run)
        {
            Assert.Equal(question == "same", run.ExitCode == 0);
            Assert.DoesNotContain("\u001b[2J", run.Screen);
            Assert.DoesNotContain("##vso[", run.Screen);
            Assert.DoesNotContain("PWNED", run.Screen);
        }
    }

    [Fact]
    public void AScriptForOneAccountRefusesAnother()
    {
        if (Run(TemplateFormat.Bash, "bash", TestRoles.Of(Vendor.Cyscale) with { AccountId = "999999999999" }) is { } run)
        {
            Assert.NotEqual(0, run.ExitCode);
            Assert.Empty(run.Calls);
        }
    }

    private static ShellRun? Run(TemplateFormat format, string shell, RoleSpec role, Dictionary<string, string>? answers = null) =>
        ExternalTool.IsHere(shell) ? ShellRun.Of(shell, Template.Write(format, new TemplateRequest { Role = role }), answers) : null;
}
