using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Harvest;

/// <summary>Harvests over HTTP, as the sandbox's own record of calls saw them.</summary>
public sealed class SandboxHarvestTests : IAsyncLifetime
{
    private SandboxHarvest _harvest = null!;

    private SandboxServer Sandbox => _harvest.Server;

    public async Task InitializeAsync() => _harvest = await SandboxHarvest.StartAsync(new SandboxOptions { Accounts = 3, Regions = 2, MaxPageSize = 3 });

    public async Task DisposeAsync() => await _harvest.DisposeAsync();

    [Fact]
    public async Task AnOrganizationIsReadWholeOneServiceOfAnAccountAtATime()
    {
        var request = await _harvest.RequestAsync();
        Sandbox.Calls.Clear();

        var summaries = await _harvest.RunAsync(request);

        Assert.Empty(_harvest.Lake.LatestAccounts().SelectMany(account => account.Gaps));
        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 0L, 0L), (summary.Status, summary.Gaps, summary.Throttled)));
        Assert.All(_harvest.Lake.LatestAccounts(), account => Assert.Equal(Sandbox.Organization.Regions.Order(StringComparer.Ordinal), account.Regions));
        Assert.DoesNotContain(Sandbox.Calls, call => call.IsWrite);
        Assert.Equal(summaries.Sum(summary => summary.Calls), Sandbox.Calls.Count());
        Assert.All(Sandbox.Calls.GroupBy(call => call.AccountId), account => Assert.All(account, call => Assert.DoesNotContain(account, other => Overlap(call, other))));

        bool Overlap(CallRecord one, CallRecord other) => Service(one) != Service(other) && one.Started < other.Ended && other.Started < one.Ended;

        // Who used what is asked at IAM's endpoint, where the sandbox takes the lists of users and roles for IAM's own.
        string Service(CallRecord call) => call.Service == "iamlastaccess" ? "iam" : call.Service;
    }

    [Fact]
    public async Task AStormThatPassesLeavesTheSameLake()
    {
        var calm = await _harvest.UndisturbedAsync("s3", "iam");
        var request = await _harvest.RequestAsync("s3", "iam");
        // Fewer than a call has attempts, should one call meet them all.
        Sandbox.Faults.Add(new Fault { Status = 503, Code = "SlowDown", Count = 9 });
        Sandbox.Faults.Add(new Fault { Status = 500, After = 30, Count = 2 });

        var summaries = await _harvest.RunAsync(request);

        Assert.Equal(0, summaries.Sum(summary => summary.Gaps));
        Assert.NotEqual(0, summaries.Sum(summary => summary.Retried));
        Assert.Equal(calm, LakeContents.Of(_harvest.Lake));
    }
}
