using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Errors;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>Several processes write one harvest together.</summary>
public sealed class ShardedHarvestTests : IDisposable
{
    private const string Together = "together";
    private const int Count = 4;

    private readonly HarvestFixture _harvest = new();
    private readonly AccountTarget[] _targets = [.. Enumerable.Range(1, 20).Select(i => HarvestFixture.Target($"{i * 1234567L:000000000000}"))];

    public ShardedHarvestTests() => _harvest.Aws
        .On("sns:ListTopics", call => call.Target.AccountId == _targets[3].AccountId && call.Target.Region == "us-east-1"
            ? ScriptedAws.Denied
            : $$"""{"Topics":[{"TopicArn":"arn:aws:sns:{{call.Target.Region}}:{{call.Target.AccountId}}:alerts"}]}""");

    public void Dispose() => _harvest.Dispose();

    [Fact]
    public async Task ShardsReadAllAccountsOnceAndJoin()
    {
        for (var shard = 0; shard < Count; shard++)
        {
            Assert.Contains(shard, _harvest.Lake.Harvests().FirstOrDefault()?.MissingShards ?? [0]);
            await RunAsync(shard, "sts");
        }

        var harvest = _harvest.Lake.Harvest(Together);
        Assert.Equal(HarvestStatus.Complete, harvest.Status);
        Assert.Equal(20, harvest.Commits.Count);
        Assert.Equal(20, _harvest.Aws.Count("sts:GetCallerIdentity"));

        HarvestJoin.Join(_harvest.Lake, Together);
        Assert.Equal(20, Assert.Single(_harvest.Lake.Harvest(Together).Manifests).Accounts.Count);
    }

    [Fact]
    public async Task ShardsAtTheSameTimeMakeTheLakeThatOneProcessMakes()
    {
        using var alone = new TemporaryLake();
        await _harvest.RunAsync(_harvest.Request("sns", "sts") with { Lake = alone.Lake, Targets = _targets });

        await Task.WhenAll(Enumerable.Range(0, Count).Select(shard => Task.Run(() => RunAsync(shard, "sns", "sts"))));
        HarvestJoin.Join(_harvest.Lake, Together);

        Assert.Equal(HarvestStatus.Complete, _harvest.Lake.Harvest(Together).Status);
        Assert.Equal(LakeContents.ResourcesAndGaps(alone.Lake), LakeContents.ResourcesAndGaps(_harvest.Lake));
    }

    [Fact]
    public async Task ShardsOnDisksOfTheirOwnAreJoinedWhenTheirFoldersAreCopiedTogether()
    {
        await Task.WhenAll(Enumerable.Range(0, Count).Select(shard => Task.Run(() => RunAsync(shard, "sns"))));
        var whole = LakeContents.ResourcesAndGaps(_harvest.Lake);
        using var copies = new TemporaryLake();
        for (var shard = 0; shard < Count; shard++)
        {
            using var disk = new TemporaryLake();
            await _harvest.RunAsync(Request(shard, "sns") with { Lake = disk.Lake });
            Copy(disk.Lake.Path, copies.Lake.Path);
        }

        HarvestJoin.Join(copies.Lake, Together);

        Assert.Equal(whole, LakeContents.ResourcesAndGaps(copies.Lake));
    }

    [Fact]
    public async Task JoiningNamesTheShardsThatAreMissingAndTheirAccounts()
    {
        await RunAsync(0, "sts");
        await _harvest.RunAsync(Request(2, "sts") with { MaxCall = 1, ThrottleLimit = 1 });

        var error = Assert.Throws<LakeException>(() => HarvestJoin.Join(_harvest.Lake, Together));

        Assert.All(new[] { 1, 3 }, shard => Assert.Contains($"{shard}, never begun (to read: {string.Join(", ", Of(shard))})", error.Message));
        Assert.Contains($"2 (to read: {string.Join(", ", Of(2).Except(_harvest.Lake.Harvest(Together).Commits.Select(commit => commit.AccountId)))})", error.Message);
        Assert.DoesNotContain("0, never", error.Message);
        Assert.DoesNotContain(Of(0)[0], error.Message);
        Assert.False(File.Exists(Path.Combine(_harvest.Lake.Harvest(Together).Path, "manifest.json")));
    }

    [Fact]
    public async Task JoiningTwiceIsJoiningOnce()
    {
        await RunAllAsync("sts");
        var joined = HarvestJoin.Join(_harvest.Lake, Together);
        var manifest = File.ReadAllText(Path.Combine(joined.Path, "manifest.json"));

        var again = HarvestJoin.Join(_harvest.Lake, Together);

        Assert.Equal(manifest, File.ReadAllText(Path.Combine(joined.Path, "manifest.json")));
        Assert.Equal((joined.StartedAt, joined.CompletedAt, joined.Commits.Count), (again.StartedAt, again.CompletedAt, again.Commits.Count));
    }

    /// <summary>An engine that lost a pod starts another with the same command.</summary>
    [Fact]
    public async Task AShardThatIsRunAgainReadsOnlyWhatIsLeft()
    {
        await _harvest.RunAsync(Request(1, "sts") with { MaxCall = 2, ThrottleLimit = 1 });
        var begun = _harvest.Lake.Harvest(Together).StartedAt;
        Assert.Equal(2, _harvest.Aws.Count("sts:GetCallerIdentity"));
        _harvest.Clock.Advance(TimeSpan.FromHours(1));

        await RunAsync(1, "sts");
        await RunAsync(1, "sts");

        Assert.Equal(Of(1).Length, _harvest.Aws.Count("sts:GetCallerIdentity"));
        var harvest = _harvest.Lake.Harvest(Together);
        Assert.Equal((begun, Of(1).Length), (harvest.StartedAt, harvest.Commits.Count));
        Assert.Equal([0, 2, 3], harvest.MissingShards);
    }

    [Fact]
    public async Task AShardThatWasNeverBegunCanBeResumedAndReadsWhatTheOthersRead()
    {
        await RunAsync(0, "sts");

        await _harvest.RunAsync(Request(1) with { HarvestId = null, Resume = Together });

        Assert.Equal([2, 3], _harvest.Lake.Harvest(Together).MissingShards);
        Assert.Equal(["sts"], _harvest.Lake.Harvest(Together).Commits.Select(commit => commit.Service).Distinct());
    }

    [Fact]
    public async Task AShardWithoutAccountsIsCompleteAsItIs()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(shard => _harvest.RunAsync(Request(0, "sts") with { Shard = new Shard(shard, 50) })));

        Assert.Equal(20, HarvestJoin.Join(_harvest.Lake, Together).Commits.Count);
    }

    [Fact]
    public async Task AnAccountThatItsOwnShardDidNotSeeIsNotForgotten()
    {
        var overlooked = Of(2)[0];
        for (var shard = 0; shard < Count; shard++)
        {
            await _harvest.RunAsync(Request(shard, "sts") with { Targets = shard == 2 ? [.. _targets.Where(target => target.AccountId != overlooked)] : _targets });
        }

        Assert.Contains($"2 (to read: {overlooked})", Assert.Throws<LakeException>(() => HarvestJoin.Join(_harvest.Lake, Together)).Message);

        await RunAsync(2, "sts");
        Assert.Equal(20, HarvestJoin.Join(_harvest.Lake, Together).Commits.Count);
    }

    [Fact]
    public async Task AShardHasNoBusinessInTheFilesOfAnother()
    {
        await RunAsync(0, "sts");
        File.WriteAllText(Path.Combine(_harvest.Lake.Harvest(Together).Path, "journal-0.jsonl"), "damaged\n{}\n");

        Assert.All(await RunAsync(1, "sts"), summary => Assert.Equal(AccountStatus.Complete, summary.Status));
    }

    [Theory]
    [InlineData("another count", "4 shards")]
    [InlineData("another count, resumed", "4 shards")]
    [InlineData("in one piece", "4 shards")]
    [InlineData("other services", "other services (sts)")]
    [InlineData("joined", "joined already")]
    [InlineData("joined, resumed", "joined already")]
    public async Task AShardThatContradictsTheOthersIsRefusedAndChangesNothing(string how, string why)
    {
        await (how.StartsWith("joined", StringComparison.Ordinal) ? RunAllAsync("sts") : RunAsync(0, "sts"));
        if (how.StartsWith("joined", StringComparison.Ordinal))
        {
            HarvestJoin.Join(_harvest.Lake, Together);
        }

        var files = Files();
        var good = Request(1, "sts");
        var bad = how switch
        {
            "another count" => good with { Shard = new Shard(1, 3) },
            "another count, resumed" => good with { Shard = new Shard(1, 3), HarvestId = null, Resume = Together },
            "in one piece" => good with { Shard = null },
            "other services" => good with { Services = ["sns"] },
            "joined, resumed" => good with { HarvestId = null, Resume = Together },
            _ => good,
        };

        var error = await Assert.ThrowsAsync<SettingException>(() => _harvest.RunAsync(bad));

        Assert.Contains(why, error.Message);
        Assert.Contains(Together, error.Message);
        Assert.Equal(files, Files());
    }

    [Fact]
    public async Task TwoOfTheSameNumberCannotWriteAtOnce()
    {
        var both = new TaskCompletionSource();
        _harvest.Aws.Before = (_, cancellationToken) => both.Task.WaitAsync(cancellationToken);
        var first = Task.Run(() => RunAsync(1, "sts"));
        while (_harvest.Lake.Harvests().Count == 0 && !first.IsCompleted)
        {
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<LakeException>(() => RunAsync(1, "sts"));
        both.SetResult();

        Assert.Contains("another process is writing", error.Message);
        Assert.All(await first, summary => Assert.Equal(AccountStatus.Complete, summary.Status));
    }

    [Theory]
    [InlineData(null, "shards write one harvest together")]
    [InlineData("../elsewhere", "cannot be a harvest's id")]
    [InlineData("a/b", "cannot be a harvest's id")]
    [InlineData("", "cannot be a harvest's id")]
    [InlineData(".hidden", "cannot be a harvest's id")]
    public async Task ShardsNeedOneIdThatIsTheNameOfAFolder(string? id, string why)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => _harvest.RunAsync(Request(1, "sts") with { HarvestId = id }));

        Assert.Contains(why, error.Message);
        Assert.Empty(_harvest.Lake.Harvests());
    }

    private HarvestRequest Request(int shard, params string[] services) =>
        _harvest.Request(services) with { Lake = PostureLake.Open(_harvest.Lake.Path), Targets = _targets, HarvestId = Together, Shard = new Shard(shard, Count) };

    private Task<List<AccountSummary>> RunAsync(int shard, params string[] services) => _harvest.RunAsync(Request(shard, services));

    private async Task RunAllAsync(params string[] services)
    {
        for (var shard = 0; shard < Count; shard++)
        {
            await RunAsync(shard, services);
        }
    }

    /// <summary>The accounts of a shard, sorted.</summary>
    private string[] Of(int shard) =>
        [.. _targets.Select(target => target.AccountId).Where(new Shard(shard, Count).Owns).Order(StringComparer.Ordinal)];

    private string[] Files() =>
        [.. Directory.GetFiles(_harvest.Lake.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => file + ": " + Convert.ToHexString(File.ReadAllBytes(file)))];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
