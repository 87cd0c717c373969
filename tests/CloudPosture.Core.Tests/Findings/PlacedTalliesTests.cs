using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Benchmarks;
using CloudPosture.Posture.Tallies;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Findings;

/// <summary>Answers by account and Region.</summary>
public sealed class PlacedTalliesTests
{
    private static readonly Requirement Asked = new() { Id = "1", Title = "t", Rules = ["S3.A"] };
    private static readonly Benchmark Benchmark = new() { Id = "b", Title = "t", Version = "1", Requirements = [Asked], File = "f" };

    [Fact]
    public void EachAccountHasItsAnswerThoseWithoutFindingsToo()
    {
        var lake = new List<Finding> { In("1", "zeta", FindingStatus.Pass), In("2", "alpha", FindingStatus.Fail), In("1", "zeta", FindingStatus.NotAssessed) };

        var tallies = PlacedTallies.Of(BenchmarkGrouping.Account, lake, [new Given("3", "mute")], () => throw new InvalidOperationException());

        Assert.Equal(["alpha 2 Fail", "mute 3 NoFinding", "zeta 1 NotAssessed"], tallies.All.Select(one => $"{one.Place.Name} {one.Place.AccountId} {one.Tally.StatusOf(Asked)}"));
    }

    // What a place answers is what its findings alone would.
    [Fact]
    public void TheStatusIsThatOfTheCountsAndTheWorstOfItsParts() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        bytes =>
        {
            var findings = bytes.Select(one => In($"{one % 3}", "a", (FindingStatus)(one / 3 % 5)) with { Region = one / 15 % 2 == 0 ? "eu-west-1" : "global" }).ToList();
            var all = new FindingTally(findings);
            foreach (var grouping in new[] { BenchmarkGrouping.Account, BenchmarkGrouping.Region })
            {
                var places = PlacedTallies.Of(grouping, findings, [], () => throw new InvalidOperationException()).All;
                Assert.Equal(all.StatusOf(Asked), places.Select(one => one.Tally.StatusOf(Asked)).DefaultIfEmpty().Max());
                Assert.Equal(all.Answer(Benchmark, Asked).Counts, places.Select(one => one.Tally.Answer(Benchmark, Asked).Counts).Aggregate(FindingCounts.None, (sum, one) => sum.With(one)));
                Assert.All(places, one => Assert.Equal(one.Tally.StatusOf(Asked), one.Tally.Answer(Benchmark, Asked).Status));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(FindingStatus.Pass, null, RequirementStatus.Pass)]
    [InlineData(FindingStatus.Pass, "Look.", RequirementStatus.Manual)]
    [InlineData(FindingStatus.Excepted, "Look.", RequirementStatus.Manual)]
    [InlineData(FindingStatus.NotAssessed, "Look.", RequirementStatus.NotAssessed)]
    [InlineData(FindingStatus.Fail, "Look.", RequirementStatus.Fail)]
    public void WhatAPersonMustLookAtIsNotMetByRulesAlone(FindingStatus status, string? manual, RequirementStatus expected) =>
        Assert.Equal(expected, new FindingTally([In("1", "a", status)]).StatusOf(Asked with { Manual = manual }));

    private static Finding In(string account, string name, FindingStatus status) => Some.Finding("x", status) with { AccountId = account, AccountName = name };

    /// <summary>An account without findings.</summary>
    private sealed record Given(string AccountId, string AccountName) : IAccountSnapshot
    {
        public string Partition => "aws";

        public IReadOnlyList<string> Regions => [];

        public bool IsManagementAccount => false;

        public string Connection => "c";

        public string HarvestId => "h";

        public DateTimeOffset HarvestedAt => Some.Day1;

        public IReadOnlyList<ReadGap> Gaps => [];

        public bool WasHarvested(string service) => true;

        public string? WhyUnread(string service) => null;

        public IEnumerable<Resource> Resources() => [];
    }
}
