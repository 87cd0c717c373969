using System;
using System.IO;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Tests.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Lake;

public sealed class RetentionTests : IDisposable
{
    private const string Other = "444455556666";
    private readonly AssessedLake _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void TheLastGoodReadingOfEachAccountAndServiceIsNeeded()
    {
        _lake.Assess(1, Some.Account, ["s3", "sqs"], Some.Finding("a"));
        _lake.Assess(2, Other, ["s3"], Some.Finding("b"));
        _lake.Assess(3, Some.Account, ["s3"], Some.Finding("a"));
        _lake.Assess(4, Some.Account, ["s3"], Some.Finding("a"));
        var retention = new HarvestRetention(_lake.Lake);

        Assert.Equal([Some.Account], retention.AccountsThatNeed("h1"));
        Assert.Equal([Other], retention.AccountsThatNeed("h2"));
        Assert.Empty(retention.AccountsThatNeed("h3"));
        Assert.Equal([Some.Account], retention.AccountsThatNeed("h4"));
    }

    [Theory]
    [InlineData("findings")]
    [InlineData("resources")]
    public void AReadingWhoseFileIsCutShortIsNoGoodOne(string kind)
    {
        _lake.Assess(1, Some.Account, ["s3"], Some.Finding("a"));
        _lake.Assess(2, Some.Account, ["s3"], Some.Finding("a"));
        var file = Path.Combine(_lake.Lake.HarvestPath("h2"), kind, "account=" + Some.Account, "part-0.jsonl.gz");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..5]);

        Assert.Equal([Some.Account], new HarvestRetention(_lake.Lake).AccountsThatNeed("h1"));
    }

    [Fact]
    public void AnAccountThatFailedSinceKeepsWhatWasReadBefore()
    {
        _lake.Assess(1, Some.Account, ["s3"], Some.Finding("a"));
        using (var harvest = HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h2", StartedAt = Some.Day1.AddDays(1), Services = ["s3"], Accounts = [Some.Account] }))
        {
            harvest.Record(TemporaryLake.Account(Some.Account) with { Failure = "denied", RecordedAt = Some.Day1.AddDays(1) });
        }

        using (var findings = _lake.Lake.WriteFindings("h2", Some.Account, Some.Day1.AddDays(1)))
        {
            findings.Add(Some.Finding("a", FindingStatus.NotAssessed));
            findings.Commit();
        }

        Assert.Equal([Some.Account], new HarvestRetention(_lake.Lake).AccountsThatNeed("h1"));
    }

    [Fact]
    public void WhatIsNotNeededGoesAndTheLakeSaysTheSame() => Prop.ForAll(ArbMap.Default.ArbFor<(bool IsOther, bool HasQueues, byte Findings)[]>(), days =>
    {
        using var lake = new AssessedLake();
        foreach (var (day, i) in days.Take(5).Select((day, i) => (day, i)))
        {
            lake.Assess(i + 1, day.IsOther ? Other : Some.Account, day.HasQueues ? ["s3", "sqs"] : ["s3"], [.. Enumerable.Range(0, day.Findings % 4).Select(n => Some.Finding($"{n}") with { Service = n % 2 == 0 ? "s3" : "sqs" }).Where(one => day.HasQueues || one.Service == "s3")]);
        }

        string Known() => string.Join("\n", lake.Lake.ReadFindings(new FindingQuery()).Select(one => one.ToString()).Concat(lake.Lake.ReadResources(new ResourceQuery()).Select(one => $"{one.AccountId} {one.Type} {one.Id} {one.HarvestId}")).Order(StringComparer.Ordinal));
        var known = Known();
        var retention = new HarvestRetention(lake.Lake);
        foreach (var harvest in lake.Lake.Harvests().Where(harvest => retention.AccountsThatNeed(harvest.HarvestId).Count == 0))
        {
            HarvestRemoval.Remove(lake.Lake, harvest.HarvestId);
        }

        Assert.Equal(known, Known());
        Assert.All(lake.Lake.Harvests(), harvest => Assert.NotEmpty(new HarvestRetention(lake.Lake).AccountsThatNeed(harvest.HarvestId)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(5));

    [Fact]
    public void AHarvestThatIsBeingWrittenStaysAndOneThatIsNotThereIsAnError()
    {
        using (var harvest = HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h1", StartedAt = Some.Day1 }))
        {
            TemporaryLake.Commit(harvest, Some.Account, "s3", Some.Day1, "r");
            Assert.Contains("another process", Assert.Throws<LakeException>(() => HarvestRemoval.Remove(_lake.Lake, "h1")).Message, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(Path.Combine(_lake.Lake.Path, "removed=h0.x", "resources"));
        HarvestRemoval.Remove(_lake.Lake, "h1");

        Assert.Empty(Directory.GetDirectories(_lake.Lake.Path));
        Assert.Throws<LakeException>(() => HarvestRemoval.Remove(_lake.Lake, "h1"));
        Assert.Throws<SettingException>(() => HarvestRemoval.Remove(_lake.Lake, "../h1"));
    }

    [Fact]
    public void NobodyGoesOnWithAHarvestWhileItIsBeingRemoved()
    {
        var manifest = new HarvestManifest { HarvestId = "h1", StartedAt = Some.Day1 };
        HarvestWriter.Open(_lake.Lake, manifest).Dispose();
        LakeException? refused = null;

        HarvestRemoval.Remove(_lake.Lake, "h1", () => refused = Assert.Throws<LakeException>(() => HarvestWriter.Open(_lake.Lake, manifest)));

        Assert.Contains("being removed", refused!.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_lake.Lake.Path));
    }

    [Fact]
    public void AHarvestThatCouldNotBeRemovedCanBeGoneOnWith()
    {
        var manifest = new HarvestManifest { HarvestId = "h1", StartedAt = Some.Day1 };
        using (HarvestWriter.Open(_lake.Lake, manifest))
        {
            Assert.Throws<LakeException>(() => HarvestRemoval.Remove(_lake.Lake, "h1"));
        }

        HarvestWriter.Open(_lake.Lake, manifest).Dispose();
    }

    [Fact]
    public void AHarvestWhoseRemoverDiedCanBeGoneOnWithAndRemoved()
    {
        var manifest = new HarvestManifest { HarvestId = "h1", StartedAt = Some.Day1 };
        HarvestWriter.Open(_lake.Lake, manifest).Dispose();
        Assert.Throws<InvalidTimeZoneException>(() => HarvestRemoval.Remove(_lake.Lake, "h1", () => throw new InvalidTimeZoneException()));
        File.WriteAllText(_lake.Lake.HarvestPath("h1") + ".lock", "");

        HarvestWriter.Open(_lake.Lake, manifest).Dispose();
        HarvestRemoval.Remove(_lake.Lake, "h1");

        Assert.Empty(Directory.GetFileSystemEntries(_lake.Lake.Path));
    }

    [Fact]
    public void AHarvestThatIsRemovedWhileItIsReadIsNoneOfTheLakes()
    {
        foreach (var id in new[] { "h1", "h2" })
        {
            HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = id, StartedAt = Some.Day1, Accounts = [Some.Account] }).Dispose();
        }

        var folders = _lake.Lake.Folders();
        Assert.Equal(2, _lake.Lake.Harvests().Count);
        foreach (var (folder, manifests) in folders)
        {
            HarvestRemoval.Remove(_lake.Lake, manifests.HarvestId);

            Assert.Null(folder.Manifests());
            Assert.Empty(folder.Accounts());
            Assert.Empty(folder.CommittedAccounts());
            Assert.Empty(folder.Read(Some.Account).Commits);
            Assert.Empty(folder.ReadAgain(Some.Account).Commits);
        }

        Assert.Empty(_lake.Lake.Harvests());
    }

    [Fact]
    public void AShardThatOnlyHasItsLockYetIsWritingToo()
    {
        HarvestWriter.Open(_lake.Lake, new HarvestManifest { HarvestId = "h1", StartedAt = Some.Day1 }).Dispose();
        using var shard = CloudPosture.Files.FileLock.TryLock(Path.Combine(_lake.Lake.HarvestPath("h1"), "journal.7.jsonl.lock"));

        Assert.Contains("another process", Assert.Throws<LakeException>(() => HarvestRemoval.Remove(_lake.Lake, "h1")).Message, StringComparison.Ordinal);
    }
}
