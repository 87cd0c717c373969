using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Trends;

namespace CloudPosture.Tests.Findings;

public sealed class TrendTests : IDisposable
{
    private const string Other = "444455556666";
    private static readonly RuleLibrary Library = RuleLibrary.Load(Shipped.Content, [], null);
    private readonly AssessedLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void EachDayTellsWhatIsKnownAtItsEndAndWhatBecameOfFindingsOnIt()
    {
        _lake.Assess(1, Some.Finding("a"), Some.Finding("b"), Some.Finding("c", FindingStatus.Pass));
        _lake.Assess(2, Other, [], Some.Finding("d") with { Severity = Severity.Critical }, Some.Finding("e", FindingStatus.NotAssessed));
        _lake.Assess(4, Some.Finding("a", FindingStatus.Pass), Some.Finding("c"));

        Assert.Equal(
            [
                "01 : pass 1 fail 2 excepted 0 unread 0 new 2 regressed 0 resolved 0 gone 0",
                "02 : pass 1 fail 3 excepted 0 unread 1 new 1 regressed 0 resolved 0 gone 0",
                "04 : pass 1 fail 2 excepted 0 unread 1 new 0 regressed 1 resolved 1 gone 1",
            ],
            Lines(new TrendOrder()));
        Assert.Equal(["04 Critical 1", "04 High 1"], Read(new TrendOrder { By = TrendGroup.Severity, Since = Some.Day1.AddDays(2) }).Select(one => $"{one.Day:dd} {one.Group} {one.Counts.Failed}"));
        Assert.Equal([$"02 {Some.Account} 2", $"02 {Other} 1"], Read(new TrendOrder { By = TrendGroup.Account }).Where(one => one.Day.Day == 2).Select(one => $"{one.Day:dd} {one.Group} {one.Counts.Failed}"));
        Assert.Equal(["02 1", "04 1"], Read(new TrendOrder { AccountIds = [Other], By = TrendGroup.Rule }).Concat(Read(new TrendOrder { Severities = [Severity.Critical], Since = Some.Day1.AddDays(2) })).Select(one => $"{one.Day:dd} {one.Counts.Failed}"));
    }

    [Fact]
    public void AHarvestOfOneServiceLeavesTheOthersAsTheyWere()
    {
        _lake.Assess(1, Some.Account, ["s3", "sqs"], Some.Finding("a"), Some.Finding("q") with { Service = "sqs" });
        _lake.Assess(2, Some.Account, ["s3"]);

        Assert.Equal(["01 s3 1", "01 sqs 1", "02 s3 0", "02 sqs 1"], Read(new TrendOrder { By = TrendGroup.Service }).Select(one => $"{one.Day:dd} {one.Group} {one.Counts.Failed}"));
        Assert.Equal(1, Read(new TrendOrder { Since = Some.Day1.AddDays(1) }).Single().Counts.Failed);
    }

    [Fact]
    public void WhatWasAcceptedThenIsCountedApart()
    {
        _lake.Assess(1, Some.Finding("a") with { ResourceName = "accepted" }, Some.Finding("b"));

        var counts = Read(new TrendOrder()).Single().Counts;

        Assert.Equal((1, 1, 0), (counts.Failed, counts.Excepted, counts.Passed));
        Assert.All(_lake.Lake.ReadFindings(new FindingQuery()), finding => Assert.Equal(FindingStatus.Fail, finding.Status));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("other")]
    public void WithoutTheirCountsFindingsAreCountedAnew(string? left)
    {
        _lake.Assess(1, Some.Finding("a"));
        _lake.Assess(2, Some.Finding("b", FindingStatus.Pass));
        var kept = Lines(new TrendOrder());
        foreach (var file in Directory.GetFiles(_lake.Lake.Path, "_counts.json.gz", SearchOption.AllDirectories))
        {
            if (left is null)
            {
                File.Delete(file);
            }
            else if (left.Length == 0)
            {
                File.WriteAllText(file, "torn");
            }
            else
            {
                File.Copy(Directory.GetFiles(_lake.Lake.Path, "_counts.json.gz", SearchOption.AllDirectories).First(one => one != file), file, overwrite: true);
            }
        }

        Assert.Equal(kept, Lines(new TrendOrder()));
    }

    private IEnumerable<TrendPoint> Read(TrendOrder order) => new FindingTrend(_lake.Lake, Library, order).Read();

    private List<string> Lines(TrendOrder order) =>
    [
        .. Read(order).Select(one => $"{one.Day:dd} {one.Group}: pass {one.Counts.Passed} fail {one.Counts.Failed} excepted {one.Counts.Excepted} unread {one.Counts.NotAssessed} new {one.Counts.New} regressed {one.Counts.Regressed} resolved {one.Counts.Resolved} gone {one.Counts.Gone}"),
    ];
}
