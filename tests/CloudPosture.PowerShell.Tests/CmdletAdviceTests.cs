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
    public void WhatAnAdviceIsAboutIsQuotedForTheShell() => Assert.Equal(
        "Get-DelegationRequest -WorkflowId 'it''s' | Send-DelegationRequest sends it again.", CmdletAdvice.On(new Advice("Send it again.", "DelegationSendAgain", "it's")));

    [Fact]
    public void EachKindOfErrorHasACategory() => Assert.Equal(
        [ErrorKind.Other], Enum.GetValues<ErrorKind>().Where(kind => ErrorRecords.CategoryOf(kind) == ErrorCategory.NotSpecified));
}
