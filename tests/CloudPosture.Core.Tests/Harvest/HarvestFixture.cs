using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>A scripted AWS, a lake and a clock.</summary>
internal sealed class HarvestFixture : IDisposable
{
    public const string Account = "111122223333";

    private readonly TemporaryLake _lake = new();

    public ScriptedAws Aws { get; } = new ScriptedAws().Regions("eu-west-1", "us-east-1");

    public JumpingClock Clock { get; } = new();

    public PostureLake Lake => _lake.Lake;

    public IAccountSnapshot Snapshot => Lake.LatestAccounts().Single();

    public static AccountTarget Target(string account = Account) =>
        new() { AccountId = account, Connection = "prod", Credentials = new AnonymousAWSCredentials() };

    public HarvestRequest Request(params string[] services) => new() { Lake = Lake, Targets = [Target()], Services = services };

    /// <summary>What several harvests of this fixture share, as those of one process do; null for nothing.</summary>
    public SharedAccounts? Shared { get; set; }

    public Task<List<AccountSummary>> RunAsync(params string[] services) => RunAsync(Request(services));

    public async Task<List<AccountSummary>> RunAsync(HarvestRequest request, CancellationToken cancellationToken = default)
    {
        var summaries = new List<AccountSummary>();
        await foreach (var summary in new Harvester(Aws, Shipped.Content, Clock, new RetryLimits(10, 3), Shared).RunAsync(request, cancellationToken))
        {
            summaries.Add(summary);
        }

        return summaries;
    }

    public Resource One(string type) => Snapshot.Resources().Single(resource => resource.Type == type);

    public IReadOnlyList<Resource> All(string type) =>
        [.. Snapshot.Resources().Where(resource => resource.Type == type).OrderBy(resource => resource.Id, StringComparer.Ordinal)];

    public void Dispose() => _lake.Dispose();
}
