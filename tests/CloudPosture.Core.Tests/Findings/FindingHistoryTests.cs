using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings;
using CloudPosture.Lake.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Findings;

public sealed class FindingHistoryTests
{
    private const FindingStatus Fail = FindingStatus.Fail;
    private const FindingStatus Pass = FindingStatus.Pass;
    private const FindingStatus Unread = FindingStatus.NotAssessed;

    [Theory]
    [InlineData(new[] { Fail }, FindingChange.New, 1)]
    [InlineData(new[] { Pass }, FindingChange.Unchanged, 1)]
    [InlineData(new[] { Fail, Fail }, FindingChange.Unchanged, 1)]
    [InlineData(new[] { Pass, Fail }, FindingChange.Regressed, 2)]
    [InlineData(new[] { Fail, Pass }, FindingChange.Resolved, 2)]
    [InlineData(new[] { Fail, Pass, Pass }, FindingChange.Unchanged, 2)]
    [InlineData(new[] { Fail, Unread, Fail }, FindingChange.Unchanged, 1)]
    [InlineData(new[] { Fail, Unread, Unread, Pass }, FindingChange.Resolved, 4)]
    [InlineData(new[] { Pass, Unread, Fail }, FindingChange.Regressed, 3)]
    [InlineData(new[] { Unread, Fail }, FindingChange.New, 2)]
    [InlineData(new[] { Fail, Unread, Unread }, FindingChange.Unchanged, 2)]
    [InlineData(new[] { Fail, FindingStatus.Excepted, Fail }, FindingChange.Unchanged, 1)]
    public void ChangeFollowsFromWhatWasFoundDayByDay(FindingStatus[] days, FindingChange change, int since)
    {
        var last = Run(days);

        Assert.Equal((change, Some.Day1.AddDays(since - 1)), (last.Change, last.StatusSince));
    }

    [Fact]
    public void FirstFailureAndLastPassAreKeptThroughAll()
    {
        var last = Run(Pass, Fail, Unread, Pass, Fail);

        Assert.Equal((Some.Day1.AddDays(1), Some.Day1.AddDays(3)), (last.FirstFailed, last.LastPassed));
    }

    [Fact]
    public void AFindingOfAnOldLakeIsNotNewAfterwards()
    {
        var old = Some.Finding("a");

        var (finding, _) = Assert.Single(History().Merge([old], [Some.Finding("a", Fail, day: 5)]));

        Assert.Equal((FindingChange.Unchanged, Some.Day1, Some.Day1, Some.Day1), (finding.Change, finding.StatusSince, finding.FirstFailed, finding.FirstSeen));
    }

    [Fact]
    public void WhatIsNoMoreIsGoneAndNotResolved()
    {
        var before = History().Merge([], [Some.Finding("a"), Some.Finding("b", Pass), Some.Finding("c")]).Select(one => one.Finding).ToList();

        var after = History(day: 2).Merge(before, [Some.Finding("c", day: 2)]).ToList();

        Assert.Equal([("a", FindingChange.Gone, true), ("c", FindingChange.Unchanged, false)], after.Select(one => (one.Finding.FindingId, one.Finding.Change!.Value, one.IsPast)));
        Assert.Equal(Some.Day1.AddDays(1), after[0].Finding.StatusSince);
        Assert.Equal(["c"], History(day: 3).Merge(after.Select(one => one.Finding), [Some.Finding("c", day: 3)]).Select(one => one.Finding.FindingId));
    }

    [Fact]
    public void WhatComesBackAfterItWasGoneIsNew()
    {
        var gone = Some.Finding("a") with { Change = FindingChange.Gone };

        Assert.Equal(FindingChange.New, History(day: 3).Merge([gone], [Some.Finding("a", Fail, day: 3)]).Single().Finding.Change);
    }

    [Fact]
    public void WhatCouldNotBeListedForADayIsNotNewAfterwards()
    {
        var before = History().Merge([], [Some.Finding("a")]).Select(one => one.Finding).ToList();
        var blind = new FindingHistory(isAgain: false, Some.Day1.AddDays(1), _ => Disappearance.Unread).Merge(before, []).ToList();

        Assert.True(Assert.Single(blind).IsPast);
        var seen = History(day: 3).Merge([blind[0].Finding], [Some.Finding("a", Fail, day: 3)]).Single();
        Assert.Equal((FindingChange.Unchanged, Some.Day1, false), (seen.Finding.Change, seen.Finding.StatusSince, seen.IsPast));
    }

    [Fact]
    public void AHarvestThatIsResumedKeepsWhatItFoundToBeNew()
    {
        var first = History().Merge([], [Some.Finding("a")]).Single().Finding;

        Assert.Equal(FindingChange.New, new FindingHistory(isAgain: true, Some.Day1, _ => Disappearance.Gone).Merge([first], [Some.Finding("a")]).Single().Finding.Change);
    }

    [Fact]
    public void PlacesThatWereNotReadHideWhatLiesInThem()
    {
        var places = new UnreadPlaces(["eu-west-1", "us-east-1"]);
        places.Note(Some.Finding("*", Unread) with { Region = "us-east-1" });
        places.Note(Some.Finding("*", Unread) with { Region = "global", RuleId = "S3.B" });

        Assert.False(places.Covers(Some.Finding("a")));
        Assert.True(places.Covers(Some.Finding("a") with { Region = "us-east-1" }));
        Assert.True(places.Covers(Some.Finding("a") with { RuleId = "S3.B" }));
        Assert.True(places.Covers(Some.Finding("a") with { Region = "ap-south-1" }));
        Assert.False(places.Covers(Some.Finding("a") with { Region = "global" }));
    }

    [Fact]
    public void EveryPresentFindingComesOutOnceAndInOrder() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (before, now) =>
    {
        static List<Finding> Sorted(byte[] ids) => [.. ids.Distinct().Select(id => id.ToString("x2")).Order(StringComparer.Ordinal).Select(id => Some.Finding(id))];

        var merged = History().Merge(Sorted(before), Sorted(now)).ToList();

        Assert.Equal(Sorted(now).Select(one => one.FindingId), merged.Where(one => !one.IsPast).Select(one => one.Finding.FindingId));
        Assert.Equal(Sorted(before).Select(one => one.FindingId).Except(Sorted(now).Select(one => one.FindingId)), merged.Where(one => one.IsPast).Select(one => one.Finding.FindingId));
        Assert.Equal(merged.Select(one => one.Finding.FindingId).Order(StringComparer.Ordinal), merged.Select(one => one.Finding.FindingId));
    }).QuickCheckThrowOnFailure();

    private static FindingHistory History(int day = 1) => new(isAgain: false, Some.Day1.AddDays(day - 1), _ => Disappearance.Gone);

    private static Finding Run(params FindingStatus[] days)
    {
        Finding[] last = [];
        for (var day = 1; day <= days.Length; day++)
        {
            last = [.. History(day).Merge(last, [Some.Finding("a", days[day - 1], day)]).Select(one => one.Finding)];
        }

        return last.Single();
    }
}
