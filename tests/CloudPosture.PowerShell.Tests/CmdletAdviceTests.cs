using System;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CloudPosture.Errors;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Tests;

/// <summary>What the engine advises is told with the cmdlet that does it.</summary>
public sealed class CmdletAdviceTests
{
    [Fact]
    public void OnlyCmdletsThatThereAreAreNamed()
    {
        var named = CmdletAdvice.Ids.SelectMany(id => Regex.Matches(CmdletAdvice.On(new Advice("", id, "x"))!, "[A-Z][a-z]+-(Posture|Delegation)[A-Za-z]*").Select(match => match.Value)).ToHashSet();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Cmdlets.All.Select(cmdlet => cmdlet.Name)));
    }

    [Fact]
    public void OnlyParametersThatThereAreAreNamed()
    {
        var named = CmdletAdvice.Ids.SelectMany(id => Regex.Matches(CmdletAdvice.On(new Advice("", id, "x"))!, @"(?<![\w-])-([A-Z]\w+)").Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.True(named.Count > 25, "The parameters are not found.");
        Assert.Empty(named.Except(Cmdlets.All.SelectMany(cmdlet => cmdlet.Parameters).Select(parameter => parameter.Name)));
    }

    [Fact]
    public void ANumberIsGivenAsItIs() =>
        Assert.Equal("Continue with -Resume and -MaxCall 12 or more.", CmdletAdvice.On(new Advice("Resume it.", "BudgetEnough", "12")));

    [Theory]
    [InlineData("Correct the place. Then resume the harvest.", null, "ResumeThen", "It is so. Correct the place. Then continue with -Resume.")]
    [InlineData("Give it.", "MfaCode", "ResumeThen", "It is so. Give its six digits with -MfaCode, or run this at a prompt. Then continue with -Resume.")]
    [InlineData("Give it.", "MfaCode", null, "It is so. Give its six digits with -MfaCode, or run this at a prompt.")]
    [InlineData("Give it.", null, null, "It is so. Give it.")]
    public void WhatFollowsIsToldAfterIt(string text, string? id, string? then, string told)
    {
        var advice = new Advice(text.Replace(" Then resume the harvest.", "", StringComparison.Ordinal), id) { Then = then is null ? null : new Advice("Then resume the harvest.", then) };

        Assert.Equal(told, CmdletAdvice.Told("It is so.", advice));
    }

    [Theory]
    [InlineData("ResumeLater", "Continue with -Resume when that is over.")]
    [InlineData("EndpointUrl", "Look at it. -EndpointUrl names another endpoint.")]
    [InlineData(null, "Look at it.")]
    public void TheEnginesWordsStandBesideWhatAddsToThem(string? id, string whole) => Assert.Equal(whole, CmdletAdvice.Whole(new Advice("Look at it.", id)));

    [Fact]
    public void WhatAnAdviceIsAboutIsQuotedForTheShell() => Assert.Equal(
        "Get-DelegationRequest -WorkflowId 'it''s' | Send-DelegationRequest sends it again.", CmdletAdvice.On(new Advice("Send it again.", "DelegationSendAgain", "it's")));

    [Fact]
    public void EachKindOfErrorHasACategory() => Assert.Equal(
        [ErrorKind.Other], Enum.GetValues<ErrorKind>().Where(kind => ErrorRecords.CategoryOf(kind) == ErrorCategory.NotSpecified));
}
