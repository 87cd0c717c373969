using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;
using CloudPosture.Quoting;
using CloudPosture.Tests.Quoting;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Rules;

/// <summary>The names in a remediation are data of the shell that it is typed in, whoever chose them.</summary>
public sealed class RemediationTests
{
    private static readonly string[] Hostile =
        ["a';PWNED;'", "$(PWNED)", "`PWNED`", "a & PWNED", "\" & PWNED & \"", "a\nPWNED", "a\r\nPWNED", "%PWNED%", "--PWNED", "file://PWNED", "[\"PWNED\"]", "a\u202EPWNED", "\u001b[2JPWNED", "a\u2019;PWNED;\u2019", "a #PWNED"];

    public static TheoryData<Shell> Shells => [.. Enum.GetValues<Shell>()];

    [Theory]
    [InlineData(Shell.Bash, "aws s3api x --bucket {resourceName} --region {region}", "it's", @"aws s3api x --bucket 'it'\''s' --region eu-west-1")]
    [InlineData(Shell.PowerShell, "aws x --name {resourceName}", "it's", "aws x --name 'it''s'")]
    [InlineData(Shell.Cmd, "aws x --name {resourceName}", "a&b", "aws x --name \"a&b\"")]
    [InlineData(Shell.Bash, "aws x --tags Id={resourceName},Key=a", "vpc-1", "aws x --tags Id=vpc-1,Key=a")]
    [InlineData(Shell.Bash, "aws x --tags Id={resourceName},Key=a", "a,Key=b", "aws x --tags Id={resourceName},Key=a")]
    [InlineData(Shell.Bash, "aws x '{\"a\": \"{resourceName}\"}'", "a\",\"b", "aws x '{\"a\": \"{resourceName}\"}'")]
    [InlineData(Shell.Bash, "aws x --log-group /aws/{resourceName}/y", "d-1", "aws x --log-group /aws/d-1/y")]
    [InlineData(Shell.Bash, "# the team's: aws x {resourceName}\naws y {resourceName}", "a b", "# the team's: aws x 'a b'\naws y 'a b'")]
    [InlineData(Shell.Bash, "aws x {resourceName}", "a\nb", "aws x {resourceName}")]
    [InlineData(Shell.Bash, "aws x {resourceName}", "--all", "aws x {resourceName}")]
    [InlineData(Shell.Bash, "aws x {resourceName}", "file:///etc/passwd", "aws x {resourceName}")]
    [InlineData(Shell.Bash, "aws x {resourceName}", "[\"b\"]", "aws x {resourceName}")]
    [InlineData(Shell.Cmd, "aws x {resourceName}", "%PATH%", "aws x {resourceName}")]
    [InlineData(Shell.Bash, "aws x --encryption EncryptionInTransit={ClientBroker=TLS} {other}", "a", "aws x --encryption EncryptionInTransit={ClientBroker=TLS} {other}")]
    [InlineData(Shell.Bash, "aws x {resourceName}", "{region}", "aws x {resourceName}")]
    public void ANameGoesInAsOneWordOrNotAtAll(Shell shell, string text, string name, string filled) =>
        Assert.Equal(filled, Fill(text, name, shell));

    [Fact]
    public void WhatIsOfNoRegionIsNotToldOne() =>
        Assert.Equal("aws x --region {region}", new Remediation(null, "aws x --region {region}").For(Finding("a") with { Region = "global" }, Shell.Bash).Cli);

    [Fact]
    public void CommandsOfAwsToolsArePowerShellsWhateverTheShell() =>
        Assert.Equal("Get-X -Name 'it''s'", new Remediation("Get-X -Name {resourceName}", null).For(Finding("it's"), Shell.Bash).PowerShell);

    [Theory]
    [InlineData(Shell.Cmd)]
    [InlineData(Shell.WindowsPowerShell)]
    public void AWordArrivesAsItIs(Shell shell) =>
        Prop.ForAll(Argument.Texts, name =>
        {
            var filled = Fill("aws {resourceName} end", name, shell);
            if (filled == "aws {resourceName} end")
            {
                return true;
            }

            var line = shell == Shell.Cmd ? CommandProcessor.CommandLineOf(filled, batch: false) : WindowsPowerShellEngine.CommandLineOf(filled);
            return WindowsProgram.Arguments(line) is ["aws", var received, "end"] && (received == name || received == "{resourceName}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(Shell.Bash, "bash", "")]
    [InlineData(Shell.PowerShell, "pwsh", "$PSNativeCommandArgumentPassing = 'Standard'\n")]
    public void AWordArrivesAsItIsInTheShellItself(Shell shell, string program, string preamble)
    {
        if (!ExternalTool.IsHere(program))
        {
            return;
        }

        var meant = new List<string>();
        var filled = new List<string>();
        foreach (var name in Argument.Texts.Generator.Sample(300, 12))
        {
            if (Fill("{resourceName}", name, shell) is var word && word != "{resourceName}")
            {
                meant.Add(name);
                filled.Add(word);
            }
        }

        Assert.True(meant.Count > 50);
        Assert.Equal(meant, RealShell.Receive(program, filled, preamble));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void NoRuleLetsANameOutOfItsWord(Shell shell)
    {
        foreach (var remediation in ShippedRules.Rules.Rules.Select(rule => rule.Remediation))
        {
            foreach (var name in Hostile)
            {
                var filled = remediation.For(Finding(name), shell);
                Assert.DoesNotContain("PWNED", Without(filled.Cli, shell, name));
                Assert.DoesNotContain("PWNED", Without(filled.PowerShell, Shell.PowerShell, name));
            }
        }
    }

    [Fact]
    public void EveryRuleIsFilledInForNamesAsMostAre() => Assert.All(ShippedRules.Rules.Rules, rule =>
    {
        var filled = rule.Remediation.For(Finding("my-bucket.1"), Shell.Bash);
        Assert.DoesNotMatch(@"\{(resource(Id|Arn|Name)|region|accountId)\}", filled.Cli + filled.PowerShell);
    });

    private static string Without(string? text, Shell shell, string name)
    {
        var quoter = ArgumentQuoter.For(shell);
        return quoter.CanQuote(name) ? (text ?? "").Replace(quoter.Quote(name), "") : text ?? "";
    }

    private static string Fill(string text, string name, Shell shell) => new Remediation(null, text).For(Finding(name), shell).Cli!;

    private static Finding Finding(string name) => new()
    {
        FindingId = "f",
        RuleId = "S3.X",
        Title = "",
        Status = FindingStatus.Fail,
        Severity = Severity.High,
        Service = "s3",
        ResourceType = "AWS::S3::Bucket",
        ResourceId = name,
        ResourceArn = name,
        ResourceName = name,
        AccountId = "111122223333",
        AccountName = name,
        Region = "eu-west-1",
        Evidence = "",
        FirstSeen = default,
        LastSeen = default,
        Connection = "c",
        HarvestId = "h",
    };
}
