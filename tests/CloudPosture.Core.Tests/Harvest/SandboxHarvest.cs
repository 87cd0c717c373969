using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Harvest;

/// <summary>A sandbox, our client on it, and a lake.</summary>
internal sealed class SandboxHarvest : IAsyncDisposable
{
    private readonly TemporaryLake _lake = new();
    private readonly AWSCredentials _operator;

    private SandboxHarvest(SandboxServer server, AwsClientOptions options)
    {
        Server = server;
        Aws = new AwsClient(Shipped.Content.Models, options with { EndpointUrl = server.Url, Environment = _ => null });
        _operator = new BasicAWSCredentials(server.Organization.OperatorKey.AccessKeyId, server.Organization.OperatorKey.SecretAccessKey);
    }

    public SandboxServer Server { get; }

    public AwsClient Aws { get; }

    public PostureLake Lake => _lake.Lake;

    public IReadOnlyList<SandboxAccount> Accounts => Server.Organization.Accounts;

    /// <summary>How often a call is repeated.</summary>
    public RetryLimits Retries { get; set; } = new(10, 3);

    public static async Task<SandboxHarvest> StartAsync(SandboxOptions? options = null, AwsClientOptions? client = null) =>
        new(await SandboxServer.StartAsync((options ?? new SandboxOptions { Accounts = 2, Regions = 2, MaxPageSize = 3 }) with { CheckAnswers = true }), client ?? new AwsClientOptions());

    /// <summary>A request for all accounts, with sessions that cannot be renewed.</summary>
    public async Task<HarvestRequest> RequestAsync(params string[] services)
    {
        var targets = new List<AccountTarget>();
        foreach (var account in Accounts)
        {
            var keys = (await EnterAsync(account, CancellationToken.None)).GetProperty("Credentials");
            targets.Add(Target(account, new SessionAWSCredentials(Text("AccessKeyId"), Text("SecretAccessKey"), Text("SessionToken"))));

            string? Text(string name) => keys.GetProperty(name).GetString();
        }

        return new HarvestRequest { Lake = Lake, Targets = targets, Services = services };
    }

    /// <summary>A request for all accounts, with sessions that renew themselves.</summary>
    /// <param name="enter">What renews a session; null enters the role again.</param>
    /// <param name="services">The services.</param>
    public HarvestRequest RenewingRequest(Func<SandboxAccount, Task<JsonElement>>? enter = null, params string[] services) => new()
    {
        Lake = Lake,
        Targets = [.. Accounts.Select(account => Target(account, new RoleCredentials(cancellationToken => enter is null ? EnterAsync(account, cancellationToken) : enter(account))))],
        Services = services,
    };

    /// <summary>Enters the reader role of an account.</summary>
    public async Task<JsonElement> EnterAsync(SandboxAccount account, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.SerializeToElement(new { RoleArn = account.ReaderRoleArn, RoleSessionName = "test", Server.Organization.ExternalId });
        var call = new AwsCall { Operation = Shipped.Content.Models.Get("sts").Operation("AssumeRole"), Input = input, Target = new AwsTarget { Credentials = _operator, Region = "us-east-1" } };
        using var answer = await Aws.SendAsync(call, cancellationToken);
        return answer.Root.Clone();
    }

    public Task<List<AccountSummary>> RunAsync(HarvestRequest request) => RunAsync(request, Aws);

    public async Task<List<AccountSummary>> RunAsync(HarvestRequest request, IAwsCaller aws)
    {
        var summaries = new List<AccountSummary>();
        await foreach (var summary in new Harvester(aws, Shipped.Content, new HurriedClock(), Retries).RunAsync(request))
        {
            summaries.Add(summary);
        }

        return summaries;
    }

    /// <summary>What the lake holds after an undisturbed harvest.</summary>
    public async Task<string[]> UndisturbedAsync(params string[] services)
    {
        using var lake = new TemporaryLake();
        var summaries = await RunAsync(await RequestAsync(services) with { Lake = lake.Lake });
        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 0L), (summary.Status, summary.Gaps)));
        return LakeContents.Of(lake.Lake);
    }

    /// <summary>Does something when so many more calls were answered.</summary>
    public void After(long calls, Action act)
    {
        var at = Server.Calls.Total + calls;
        Server.Calls.Counted = number =>
        {
            if (number == at)
            {
                act();
            }
        };
    }

    public async ValueTask DisposeAsync()
    {
        Aws.Dispose();
        await Server.DisposeAsync();
        _lake.Dispose();
    }

    private static AccountTarget Target(SandboxAccount account, AWSCredentials credentials) =>
        new() { AccountId = account.Id, AccountName = account.Name, Connection = "demo", Credentials = credentials };

    /// <summary>The machine's time, without the pauses.</summary>
    private sealed class HurriedClock : LeapingTime
    {
        private long _skipped;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

        protected override void Leap(TimeSpan pause) => Interlocked.Add(ref _skipped, pause.Ticks);
    }
}
