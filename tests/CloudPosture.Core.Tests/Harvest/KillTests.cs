using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>Harvests in processes of their own, ended by SIGKILL.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int KillsALake = 5;
    private static readonly SandboxOptions Options = new() { Accounts = 2, Regions = 2, Now = DateTimeOffset.UtcNow, RecordCalls = false };
    private SandboxServer _sandbox = null!;

    /// <summary>POSTURE_KILLS asks for more, for a long run.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("POSTURE_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : KillsALake;

    public async Task InitializeAsync() => _sandbox = await SandboxServer.StartAsync(Options);

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task KilledAtRandomMomentsAndResumedTheLakeHoldsWhatAnUndisturbedHarvestHolds()
    {
        var (expected, calls) = await UndisturbedAsync();
        var random = new Random();
        for (var killed = 0; killed < Kills;)
        {
            using var lake = new TemporaryLake();
            var moments = "";
            for (var i = 0; i < KillsALake; i++, killed++)
            {
                // By turns some moments after a call, and as soon as the journal grows.
                var spins = random.Next(0, 4) * random.Next(0, 200_000);
                var (call, commit) = i % 2 == 0 ? (random.NextInt64(1, 2 * calls / KillsALake), 0) : (0, random.Next(1, 20));
                moments += FormattableString.Invariant($"{call}|{commit}+{spins} ");
                await (commit > 0 ? RunAndKillAtCommitAsync(lake.Lake.Path, commit) : RunAndKillAsync(lake.Lake.Path, call, spins));
                AssertOpens(lake.Lake.Path, moments);
            }

            using var last = HarvestProcess.Start(_sandbox, Options, lake.Lake.Path);
            var (exitCode, said) = await HarvestProcess.EndAsync(last);
            Assert.True(exitCode == 0, said + moments);

            var whole = PostureLake.Open(lake.Lake.Path);
            Assert.True(expected.SequenceEqual(LakeContents.Of(whole)), moments);
            Assert.Equal(whole.ReadResources(new ResourceQuery()).Count(), LakeContents.LinesInFiles(whole));
            Assert.All(whole.Harvests(), harvest => Assert.Equal(HarvestStatus.Complete, harvest.Status));
        }
    }

    /// <summary>What is there after a kill can be read and assessed as it is.</summary>
    private static void AssertOpens(string path, string moments)
    {
        var lake = PostureLake.Open(path);
        var committed = lake.Harvests().SelectMany(harvest => harvest.Commits).Sum(commit => commit.Types.Values.Sum());
        Assert.True(committed == lake.ReadResources(new ResourceQuery()).Count(), moments);
        Assert.All(LakeContents.Findings(lake), finding => Assert.NotEqual("", finding.RuleId));
    }

    /// <summary>Kills the process some moments after it sent a call, if it is not done before.</summary>
    private async Task RunAndKillAsync(string lake, long call, int spins)
    {
        using var reached = new ManualResetEventSlim();
        var until = _sandbox.Calls.Total + call;
        _sandbox.Calls.Counted = number =>
        {
            if (number >= until)
            {
                reached.Set();
            }
        };
        using var process = HarvestProcess.Start(_sandbox, Options, lake);
        process.Exited += (_, _) => reached.Set();
        process.EnableRaisingEvents = true;
        reached.Wait();
        Thread.SpinWait(spins);
        process.Kill();
        await process.WaitForExitAsync();
        _sandbox.Calls.Counted = null;
    }

    /// <summary>Kills the process while it writes the journal, if it is not done before.</summary>
    private async Task RunAndKillAtCommitAsync(string lake, int commits)
    {
        using var process = HarvestProcess.Start(_sandbox, Options, lake);
        for (var seen = Length(); commits > 0 && !process.HasExited;)
        {
            if (Length() is var length && length != seen)
            {
                (seen, commits) = (length, commits - 1);
            }
        }

        process.Kill();
        await process.WaitForExitAsync();

        long Length() => Directory.Exists(lake) ? Directory.GetFiles(lake, "journal.jsonl", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) : 0;
    }

    private async Task<(string[] Contents, long Calls)> UndisturbedAsync()
    {
        using var lake = new TemporaryLake();
        await LakeContents.HarvestAsync(_sandbox, lake.Lake);
        return (LakeContents.Of(lake.Lake), _sandbox.Calls.Total);
    }
}
