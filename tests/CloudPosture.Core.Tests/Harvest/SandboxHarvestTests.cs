using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>Harvests over HTTP, as the sandbox's own record of calls saw them.</summary>
public sealed class SandboxHarvestTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryLake _lake = new();
    private SandboxServer _sandbox = null!;
    private AwsClient _aws = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 3, Regions = 2, CheckAnswers = true, MaxPageSize = 3 });
        _aws = new AwsClient(new AwsClientOptions { EndpointUrl = _sandbox.Url, Timeout = TimeSpan.FromSeconds(1) });
    }

    public async Task DisposeAsync()
    {
        _aws.Dispose();
        await _sandbox.DisposeAsync();
    }

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task AnOrganizationIsReadWholeOneServiceOfAnAccountAtATime()
    {
        var request = await RequestAsync();
        _sandbox.Calls.Clear();

        var summaries = await RunAsync(request);

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 0L, 0L), (summary.Status, summary.Gaps, summary.Throttled)));
        Assert.All(_lake.Lake.LatestAccounts(), account => Assert.Equal(_sandbox.Organization.Regions.Order(StringComparer.Ordinal), account.Regions));
        Assert.DoesNotContain(_sandbox.Calls, call => call.IsWrite);
        Assert.Equal(summaries.Sum(summary => summary.Calls), _sandbox.Calls.Count());
        Assert.All(_sandbox.Calls.GroupBy(call => call.AccountId), account => Assert.All(account, call => Assert.DoesNotContain(account, other => Overlap(call, other))));

        bool Overlap(CallRecord one, CallRecord other) => one.Service != other.Service && one.Started < other.Ended && other.Started < one.Ended;
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.MalformedBody)]
    [InlineData(FaultKind.WrongContentType)]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.RepeatedPageToken)]
    [InlineData(FaultKind.Hang)]
    public async Task AFaultOfOneServiceIsAGapOrWaitedOutAndNothingElse(FaultKind kind)
    {
        var request = await RequestAsync("sts", "sns", "s3") with { QuotaShare = 1 };
        _sandbox.Faults.Add(new Fault { Kind = kind, Service = "sns" });

        var summaries = await RunAsync(request);

        Assert.All(summaries, summary => Assert.Equal((AccountStatus.Complete, 3), (summary.Status, summary.Services)));
        foreach (var account in _lake.Lake.LatestAccounts())
        {
            Assert.All(account.Gaps, gap => Assert.Equal("sns", gap.Service));
            Assert.NotEmpty(account.Gaps);
        }
    }

    [Fact]
    public async Task AStormThatPassesLeavesTheSameLake()
    {
        var request = await RequestAsync("s3", "iam");
        await RunAsync(request);
        var calm = Contents();
        // Fewer than a call has attempts, should one call meet them all.
        _sandbox.Faults.Add(new Fault { Status = 503, Code = "SlowDown", Count = 9 });
        _sandbox.Faults.Add(new Fault { Status = 500, After = 30, Count = 2 });

        var summaries = await RunAsync(request);

        Assert.Equal(0, summaries.Sum(summary => summary.Gaps));
        Assert.NotEqual(0, summaries.Sum(summary => summary.Retried));
        Assert.Equal(calm, Contents());
    }

    private async Task<HarvestRequest> RequestAsync(params string[] services)
    {
        var organization = _sandbox.Organization;
        var key = new BasicAWSCredentials(organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey);
        var targets = new List<AccountTarget>();
        foreach (var account in organization.Accounts)
        {
            targets.Add(new AccountTarget
            {
                AccountId = account.Id,
                AccountName = account.Name,
                Connection = "demo",
                Credentials = await AssumeAsync(key, account),
            });
        }

        return new HarvestRequest { Lake = _lake.Lake, Targets = targets, Services = services };
    }

    private async Task<AWSCredentials> AssumeAsync(AWSCredentials key, SandboxAccount account)
    {
        var input = JsonSerializer.SerializeToElement(new { RoleArn = account.ReaderRoleArn, RoleSessionName = "test", _sandbox.Organization.ExternalId });
        var call = new AwsCall { Operation = ServiceModels.Get("sts").Operation("AssumeRole"), Input = input, Target = new AwsTarget { Credentials = key, Region = "us-east-1" } };
        using var answer = await _aws.SendAsync(call, CancellationToken.None);
        var credentials = answer.Root.GetProperty("Credentials");
        return new SessionAWSCredentials(
            credentials.GetProperty("AccessKeyId").GetString(),
            credentials.GetProperty("SecretAccessKey").GetString(),
            credentials.GetProperty("SessionToken").GetString());
    }

    private async Task<List<AccountSummary>> RunAsync(HarvestRequest request)
    {
        var summaries = new List<AccountSummary>();
        await foreach (var summary in new Harvester(_aws, new HurriedClock(), new RetryLimits(10, 3)).RunAsync(request))
        {
            summaries.Add(summary);
        }

        return summaries;
    }

    private string[] Contents() =>
        [.. _lake.Lake.ReadResources(new ResourceQuery())
            .Select(resource => JsonSerializer.Serialize(resource with { HarvestId = "", HarvestedAt = default }))
            .Order(StringComparer.Ordinal)];

    /// <summary>The machine's time, without the pauses.</summary>
    private sealed class HurriedClock : IHarvestClock
    {
        private long _skipped;

        public DateTimeOffset UtcNow => DateTimeOffset.UtcNow + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

        public Task DelayAsync(TimeSpan delay, CancellationToken ct)
        {
            Interlocked.Add(ref _skipped, delay.Ticks);
            return Task.CompletedTask;
        }
    }
}
