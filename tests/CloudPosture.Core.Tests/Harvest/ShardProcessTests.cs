using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>Shards in processes of their own, at the same time, in one folder.</summary>
public sealed class ShardProcessTests : IAsyncLifetime, IDisposable
{
    private const string Together = "together";
    private const int Count = 3;
    private static readonly SandboxOptions Options = new() { Accounts = 6, Regions = 1, Now = DateTimeOffset.UtcNow, RecordCalls = false };
    private readonly TemporaryLake _lake = new();
    private SandboxServer _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxServer.StartAsync(Options);

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task OneThatIsKilledAndStartedAgainLeavesTheLakeOfOneProcess()
    {
        using var alone = new TemporaryLake();
        await LakeContents.HarvestAsync(_sandbox, alone.Lake);
        using var inTheMiddle = new ManualResetEventSlim();
        var until = _sandbox.Calls.Total + 150;
        _sandbox.Calls.Counted = number =>
        {
            if (number >= until)
            {
                inTheMiddle.Set();
            }
        };
        var shards = Enumerable.Range(0, Count).Select(Start).ToList();
        Assert.True(inTheMiddle.Wait(TimeSpan.FromMinutes(5)), "The shards sent too few calls.");
        var killed = Shard.Of(_sandbox.Organization.Accounts[0].Id, Count);
        shards[killed].Kill();
        foreach (var shard in shards)
        {
            await HarvestProcess.EndAsync(shard);
            shard.Dispose();
        }

        Assert.Contains($"not complete: {killed}", Assert.Throws<LakeException>(() => HarvestJoin.Join(_lake.Lake, Together)).Message);

        using (var again = Start(killed))
        {
            var (exitCode, said) = await HarvestProcess.EndAsync(again);
            Assert.True(exitCode == 0, said);
        }

        Assert.Equal(HarvestStatus.Complete, HarvestJoin.Join(_lake.Lake, Together).Status);
        Assert.Equal(LakeContents.Of(alone.Lake), LakeContents.Of(_lake.Lake));
        Assert.Equal(_lake.Lake.ReadResources(new ResourceQuery()).Count(), LakeContents.LinesInFiles(_lake.Lake));
    }

    private System.Diagnostics.Process Start(int shard) => HarvestProcess.Start(_sandbox, Options, _lake.Lake.Path, Together, new Shard(shard, Count));
}
