using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings.Differences;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Tests.Findings;

public sealed class FindingComparisonTests : IDisposable
{
    private const FindingStatus Fail = FindingStatus.Fail;
    private const FindingStatus Pass = FindingStatus.Pass;
    private const FindingStatus Unread = FindingStatus.NotAssessed;
    private readonly AssessedLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void EachFindingIsToldByWhatBecameOfIt()
    {
        _lake.Assess(1, Some.Finding("fixed"), Some.Finding("same"), Some.Finding("gone"), Some.Finding("broken", Pass), Some.Finding("fine", Pass), Some.Finding("hidden"), Some.Finding("went", Pass));
        _lake.Assess(2, Some.Finding("fixed", Pass), Some.Finding("same"), Some.Finding("broken"), Some.Finding("fine", Pass), Some.Finding("hidden", Unread), Some.Finding("new"), Some.Finding("good", Pass));

        Assert.Equal(
            ["Gone gone Fail>", "New new >Fail", "Regressed broken Pass>Fail", "Resolved fixed Fail>Pass"],
            Compare(LakeMoment.Of("h1"), LakeMoment.Of("h2")).Order(StringComparer.Ordinal));
        Assert.Empty(Compare(LakeMoment.Of("h2"), LakeMoment.Now));
        Assert.Equal(4, Compare(LakeMoment.At(Some.Day1.AddHours(1)), LakeMoment.Now).Count());
        Assert.Equal(["Resolved fixed Fail>Pass"], Compare(LakeMoment.At(Some.Day1), LakeMoment.At(Some.Day1.AddDays(1)), FindingChange.Resolved));
    }

    [Fact]
    public void WhatCouldNotBeReadInBetweenChangesNothing()
    {
        _lake.Assess(1, Some.Finding("a"), Some.Finding("b"));
        _lake.Assess(2, Some.Account, [], unread: ["b"], Some.Finding("a", Unread));
        _lake.Assess(3, Some.Finding("a"), Some.Finding("b"));

        Assert.Empty(Compare(LakeMoment.Of("h1"), LakeMoment.Of("h2")));
        Assert.Empty(Compare(LakeMoment.Of("h2"), LakeMoment.Of("h3")));
        Assert.Empty(Compare(LakeMoment.Of("h1"), LakeMoment.Of("h3")));
    }

    [Fact]
    public void WhatNobodyAsksAnyMoreIsNotGone()
    {
        _lake.Assess(1, Some.Finding("a"));
        _lake.Assess(2);

        Assert.Equal(["Gone a Fail>"], Compare(LakeMoment.Of("h1"), LakeMoment.Of("h2")));
        Assert.Empty(new FindingComparison(_lake.Lake, LakeMoment.Of("h1"), LakeMoment.Of("h2"), _ => false).Read(new FindingQuery()));
    }

    [Fact]
    public void ServicesAndAccountsOfOneMomentAreNotComparedAndTold()
    {
        _lake.Assess(1, Some.Account, ["s3", "sqs"], Some.Finding("a"), Some.Finding("q") with { Service = "sqs" });
        _lake.Assess(2, Some.Account, ["s3"], Some.Finding("a", Pass));
        _lake.Assess(3, "444455556666", ["s3"], Some.Finding("other"));
        var comparison = new FindingComparison(_lake.Lake, LakeMoment.Of("h1"), LakeMoment.Of("h2"), _ => true);

        Assert.Equal(["a"], comparison.Read(new FindingQuery()).Select(one => one.Latest.FindingId));
        var left = Assert.Single(comparison.Uncompared);
        Assert.Equal((Some.Account, "sqs", true), (left.AccountId, Assert.Single(left.Services), left.IsOnlyBefore));

        var times = new FindingComparison(_lake.Lake, LakeMoment.At(Some.Day1.AddDays(1)), LakeMoment.Now, _ => true);
        Assert.Empty(times.Read(new FindingQuery()));
        Assert.Equal(("444455556666", 0, false), (times.Uncompared.Single().AccountId, times.Uncompared.Single().Services.Count, times.Uncompared.Single().IsOnlyBefore));
    }

    private IEnumerable<string> Compare(LakeMoment before, LakeMoment after, params FindingChange[] changes) =>
        new FindingComparison(_lake.Lake, before, after, _ => true).Read(new FindingQuery())
            .Where(one => changes.Length == 0 || changes.Contains(one.Change))
            .Select(one => $"{one.Change} {one.Latest.FindingId} {one.Before?.Status}>{one.After?.Status}");
}
