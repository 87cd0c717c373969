using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;

namespace CloudPosture.Tests.Harvest;

/// <summary>Whatever goes wrong with one service crashes nothing, costs no other service anything, and makes nothing pass.</summary>
public sealed class FaultTests
{
    private static readonly string[] Services = ["s3", "iam", "ec2", "kms", "sns", "lambda", "cloudtrail"];
    private static readonly SandboxOptions Options = new() { Accounts = 2, Regions = 2, MaxPageSize = 3, Now = DateTimeOffset.UtcNow };
    private static readonly Lazy<Task<Outcome>> Calm = new(async () => await HarvestAsync(null));

    [Theory]
    [InlineData(FaultKind.Error, "kms")]
    [InlineData(FaultKind.Error, "iam")]
    [InlineData(FaultKind.Error, "s3")]
    [InlineData(FaultKind.TruncatedBody, "kms")]
    [InlineData(FaultKind.TruncatedBody, "ec2")]
    [InlineData(FaultKind.HalfClosed, "iam")]
    [InlineData(FaultKind.HalfClosed, "lambda")]
    [InlineData(FaultKind.MalformedBody, "kms")]
    [InlineData(FaultKind.MalformedBody, "sns")]
    [InlineData(FaultKind.MalformedBody, "s3")]
    [InlineData(FaultKind.WrongContentType, "lambda")]
    [InlineData(FaultKind.WrongContentType, "ec2")]
    [InlineData(FaultKind.WrongContentType, "s3")]
    [InlineData(FaultKind.ConnectionReset, "cloudtrail")]
    [InlineData(FaultKind.ConnectionReset, "iam")]
    [InlineData(FaultKind.Hang, "kms")]
    public async Task AServiceThatFailsIsNotAssessedAndTheOthersAreAsTheyWere(FaultKind kind, string victim)
    {
        var disturbed = await HarvestAsync(new Fault { Kind = kind, Service = victim });

        await AssertNothingElseHappenedAsync(disturbed, victim);
        Assert.DoesNotContain(disturbed.Findings, finding => ServiceOf(finding) == victim && finding.Status != FindingStatus.NotAssessed);
        Assert.All(disturbed.Summaries, summary => Assert.Equal(AccountStatus.Incomplete, summary.Status));
    }

    [Theory]
    [InlineData(FaultKind.RepeatedPageToken, "kms")]
    [InlineData(FaultKind.RepeatedPageToken, "iam")]
    [InlineData(FaultKind.EndlessPages, "kms")]
    [InlineData(FaultKind.EndlessPages, "ec2")]
    [InlineData(FaultKind.EndlessPages, "s3")]
    public async Task PagesThatNeverEndAreToldAndWhatTheyHeldIsThereOnce(FaultKind kind, string victim)
    {
        var disturbed = await HarvestAsync(new Fault { Kind = kind, Service = victim });

        await AssertNothingElseHappenedAsync(disturbed, victim);
        Assert.Equal(disturbed.Resources.Distinct(), disturbed.Resources);
        Assert.InRange(disturbed.Calls, 1, 10 * (await Calm.Value).Calls);
    }

    [Theory]
    [InlineData(FaultKind.SlowBody)]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.HalfClosed)]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.MalformedBody)]
    [InlineData(FaultKind.WrongContentType)]
    public async Task AFaultThatPassesLeavesNoTrace(FaultKind kind)
    {
        var disturbed = await HarvestAsync(new Fault { Kind = kind, Service = "ec2", After = 40, Count = 2 });

        var calm = await Calm.Value;
        Assert.Empty(disturbed.Gaps);
        Assert.Equal(calm.Resources, disturbed.Resources);
        var findings = calm.Findings.Select(LakeContents.Text).ToList();
        Assert.Empty(disturbed.Findings.Select(LakeContents.Text).Except(findings, StringComparer.Ordinal));
        Assert.Equal(findings.Count, disturbed.Findings.Count);
    }

    [Fact]
    public async Task AServiceWhoseBucketStaysEmptyIsNotAssessed()
    {
        var disturbed = await HarvestAsync(null, Options with { Rates = [new RateLimit("kms", [], 1, 1e-6)] });

        await AssertNothingElseHappenedAsync(disturbed, "kms");
        Assert.All(disturbed.Gaps, gap => Assert.Equal(GapReason.Throttled, gap.Reason));
        Assert.NotEqual(0, disturbed.Summaries.Sum(summary => summary.Throttled));
    }

    [Fact]
    public async Task AHostThatDoesNotResolveIsNotAssessed()
    {
        using var handler = new NoSuchHost("/us-east-1/kms/");
        var disturbed = await HarvestAsync(null, client: new AwsClientOptions { HttpMessageHandler = handler });

        await AssertNothingElseHappenedAsync(disturbed, "kms");
        Assert.All(disturbed.Gaps, gap => Assert.Equal(("us-east-1", GapReason.ServiceUnavailable), (gap.Region, gap.Reason)));
    }

    [Fact]
    public async Task WithoutAnyNameServiceTheAccountsFailAndSayWhy()
    {
        using var handler = new NoSuchHost("aws4_request");
        await using var harvest = await SandboxHarvest.StartAsync(Options);
        var request = await harvest.RequestAsync(Services);
        using var aws = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = harvest.Server.Url, HttpMessageHandler = handler });

        var summaries = await harvest.RunAsync(request, aws);

        Assert.All(summaries, summary =>
        {
            Assert.Equal(AccountStatus.Failed, summary.Status);
            Assert.Contains("Check network, proxy and endpoint", summary.Failure);
        });
        Assert.DoesNotContain(LakeContents.Findings(harvest.Lake), finding => finding.Status == FindingStatus.Pass);
    }

    private static async Task<Outcome> HarvestAsync(Fault? fault, SandboxOptions? options = null, AwsClientOptions? client = null)
    {
        var isSlow = fault?.Kind is FaultKind.Hang;
        await using var harvest = await SandboxHarvest.StartAsync(options ?? Options, (client ?? new AwsClientOptions()) with { Timeout = TimeSpan.FromSeconds(isSlow ? 2 : 60) });
        var request = await harvest.RequestAsync(Services);

        // Given, because EC2, which lists them, is among the victims.
        request = request with { Targets = [.. request.Targets.Select(target => target with { Regions = harvest.Server.Organization.Regions })] };
        harvest.Retries = isSlow ? new RetryLimits(10, 1) : harvest.Retries;
        if (fault is not null)
        {
            harvest.Server.Faults.Add(fault);
        }

        var before = harvest.Server.Calls.Total;
        var summaries = await harvest.RunAsync(request);
        return new Outcome(
            summaries,
            [.. harvest.Lake.ReadResources(new ResourceQuery()).Select(resource => $"{resource.AccountId} {resource.Region} {resource.Type} {resource.Id} {resource.Configuration.GetRawText()}").Order(StringComparer.Ordinal)],
            [.. harvest.Lake.LatestAccounts().SelectMany(account => account.Gaps)],
            [.. LakeContents.Findings(harvest.Lake).OrderBy(LakeContents.Text, StringComparer.Ordinal)],
            harvest.Server.Calls.Total - before);
    }

    private static async Task AssertNothingElseHappenedAsync(Outcome disturbed, string victim)
    {
        var calm = await Calm.Value;
        Assert.All(disturbed.Summaries, summary => Assert.Equal(
            summary.Failure is null ? (AccountStatus.Complete, Services.Length) : (AccountStatus.Incomplete, Services.Length - 1),
            (summary.Status, summary.Services)));
        Assert.All(disturbed.Summaries, summary => Assert.Contains(summary.Failure is null ? "" : $"{victim} in ", summary.Failure ?? ""));
        Assert.NotEmpty(disturbed.Gaps);
        Assert.All(disturbed.Gaps, gap => Assert.Equal(victim, gap.Service));
        Assert.Equal(calm.Resources.Where(line => !IsOf(line, victim)), disturbed.Resources.Where(line => !IsOf(line, victim)));
        Assert.Contains(disturbed.Findings, finding => ServiceOf(finding) == victim && finding.Status == FindingStatus.NotAssessed);
        Assert.Empty(Verdicts(disturbed).Except(Verdicts(calm)));

        static IEnumerable<string> Verdicts(Outcome outcome) =>
            outcome.Findings.Where(finding => finding.Status != FindingStatus.NotAssessed).Select(finding => $"{finding.AccountId} {finding.Region} {finding.RuleId} {finding.ResourceArn} {finding.Status}");
    }

    private static string ServiceOf(Finding finding) => LakeContents.Rules.Rules.First(rule => rule.Id == finding.RuleId).Service;

    private static bool IsOf(string line, string service) =>
        Shipped.Content.Catalog.Service(service).Resources.Any(type => line.Contains($" {type.Type} ", StringComparison.Ordinal));

    private sealed record Outcome(IReadOnlyList<AccountSummary> Summaries, IReadOnlyList<string> Resources, IReadOnlyList<ReadGap> Gaps, IReadOnlyList<Finding> Findings, long Calls);

    /// <summary>Knows no host of what is signed for a scope.</summary>
    private sealed class NoSuchHost(string scope) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Headers.TryGetValues("Authorization", out var signature) && signature.Any(text => text.Contains(scope, StringComparison.Ordinal))
                ? throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host", new SocketException((int)SocketError.HostNotFound))
                : base.SendAsync(request, cancellationToken);
    }
}
