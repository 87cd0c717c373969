using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Posture.Gates;
using CloudPosture.Posture.Harvests;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Trends;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>A harvest of events from end to end, over HTTP and beside one of the configuration.</summary>
public sealed class EventHarvestTests : IAsyncLifetime
{
    private const string Service = "cloudtrail-events";
    private const string Secret = "event-secret";
    private static readonly RuleLibrary Library = RuleLibrary.LoadShipped(Shipped.Content, []);
    private readonly TemporaryLake _lake = new();
    private SandboxServer _server = null!;

    private PostureLake Lake => _lake.Lake;

    private string Clean => _server.Organization.Accounts[0].Id;

    private string Planted => _server.Organization.Accounts[1].Id;

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 2, Regions = 2, CheckAnswers = true });

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _lake.Dispose();
    }

    [Fact]
    public async Task WhoDidTooMuchFailsByOneFindingAndWhereNobodyDidTheAccountPasses()
    {
        await RunAsync(isOfEvents: true);

        var findings = Lake.ReadFindings(new FindingQuery()).Select(finding => (finding.AccountId, finding.RuleId, finding.Status, finding.ResourceArn)).ToHashSet();
        string[] rules = ["CloudTrail.EnumerationActivity", "CloudTrail.EscalationActivity", "CloudTrail.LlmJackingActivity"];
        Assert.Equal(
            [
                .. rules.Select(rule => (Clean, rule, FindingStatus.Pass, $"arn:aws:iam::{Clean}:root")),
                (Planted, rules[0], FindingStatus.Fail, $"arn:aws:iam::{Planted}:user/scout"),
                (Planted, rules[1], FindingStatus.Fail, $"arn:aws:sts::{Planted}:assumed-role/deploy/build"),
                (Planted, rules[2], FindingStatus.Fail, $"arn:aws:iam::{Planted}:user/miner"),
            ],
            findings);
        Assert.Contains(_server.Calls, call => call.Operation == "LookupEvents");
        var crowd = Lake.ReadResources(new ResourceQuery { AccountIds = [Planted] }).Single(principal => principal.Arn.Contains("assumed-role/app/", StringComparison.Ordinal));
        Assert.Equal(2 * 120, crowd.Configuration.GetProperty("Events").EnumerateArray().Single().GetProperty("Count").GetInt32());
    }

    [Fact]
    public async Task OfWhatEventsHoldNothingElseReachesTheLake()
    {
        await RunAsync(isOfEvents: true);

        Assert.Contains(Texts(), text => text.Contains("user/scout", StringComparison.Ordinal));
        Assert.DoesNotContain(Texts(), text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        Assert.All(Lake.ReadResources(new ResourceQuery()), principal =>
        {
            Assert.Equal(["Principal", "PrincipalType", "Role", "IsReader", "Since", "Until", "Events"], principal.Configuration.EnumerateObject().Select(member => member.Name));
            Assert.All(principal.Configuration.GetProperty("Events").EnumerateArray(), one => Assert.Equal(["Name", "Count", "First", "Last"], one.EnumerateObject().Select(member => member.Name)));
        });
    }

    [Fact]
    public async Task WhatIsKnownOfTheConfigurationStaysAsItWas()
    {
        await RunAsync(isOfEvents: false, "s3", "sns", "cloudtrail");
        Assert.DoesNotContain(_server.Calls, call => call.Operation == "LookupEvents");
        var (findings, gate, trend, resources) = (Configuration(), Gate(), Trend(), Resources());

        await RunAsync(isOfEvents: true);

        Assert.Equal(findings, Configuration());
        Assert.Equal(gate, Gate());
        Assert.Equal(trend, Trend());
        Assert.Equal(resources, Resources());
        Assert.NotEmpty(Lake.ReadFindings(new FindingQuery { Services = [Service] }));

        await RunAsync(isOfEvents: false, "s3", "sns", "cloudtrail");

        Assert.DoesNotContain(Lake.ReadFindings(new FindingQuery { ExcludedServices = [Service] }), finding => finding.Change is not FindingChange.Unchanged);
        Assert.Empty(Lake.ReadFindings(new FindingQuery { IsPast = true }));
        Assert.Equal(3, Lake.ReadFindings(new FindingQuery { Services = [Service], Statuses = [FindingStatus.Fail] }).Count());
    }

    [Fact]
    public async Task WhatFailedAndCanNoLongerBeAskedIsNotGone()
    {
        await RunAsync(isOfEvents: true);
        _server.Deny("cloudtrail:LookupEvents");

        await RunAsync(isOfEvents: true);

        Assert.Equal([FindingStatus.NotAssessed], Lake.ReadFindings(new FindingQuery()).Select(finding => finding.Status).Distinct());
        Assert.DoesNotContain(Lake.ReadFindings(new FindingQuery { IsPast = true }), finding => finding.Change == FindingChange.Gone);

        _server.Allow("cloudtrail:LookupEvents");
        await RunAsync(isOfEvents: true);

        Assert.All(Lake.ReadFindings(new FindingQuery { Statuses = [FindingStatus.Fail] }), finding => Assert.Equal(FindingChange.Unchanged, finding.Change));
    }

    private string[] Configuration() => [.. Lake.ReadFindings(new FindingQuery { ExcludedServices = [Service] }).Select(finding => JsonSerializer.Serialize(finding)).Order(StringComparer.Ordinal)];

    private string[] Resources() => [.. Lake.ReadResources(new ResourceQuery { Services = ["s3", "sns", "cloudtrail"] }).Select(resource => resource.Arn)];

    private string Gate()
    {
        var gate = new PostureGate(Lake, ExceptionSet.Empty, new GateOrder { Events = Shipped.Content.Catalog.EventNames, MaxAge = TimeSpan.FromDays(1) }, TimeProvider.System.GetUtcNow());
        var breaking = gate.Breaking().Select(finding => finding.FindingId).ToList();
        return $"{gate.Verdict} {gate.Reason} {string.Join(" ", breaking)}";
    }

    private string[] Trend() => [.. new FindingTrend(Lake, Library, new TrendOrder { By = TrendGroup.Severity }).Read().Select(point => point.ToString())];

    private IEnumerable<string> Texts() => Directory.EnumerateFiles(Lake.Path, "*", SearchOption.AllDirectories).Select(file =>
    {
        using var stream = File.OpenRead(file);
        using var plain = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        return new StreamReader(plain).ReadToEnd();
    });

    private async Task RunAsync(bool isOfEvents, params string[] services)
    {
        using var aws = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _server.Url, Environment = _ => null });
        var organization = _server.Organization;
        var keys = new SessionSecrets();
        keys.Set("org", new SessionKeys(organization.OperatorKey.AccessKeyId, organization.OperatorKey.SecretAccessKey, null));
        var resolver = new ConnectionResolver(aws, Shipped.Content.Catalog, new ConnectionStore(Lake.Path + "-connections"), new CredentialResolver(aws) { Region = "us-east-1" }, keys);
        var order = new HarvestOrder
        {
            Content = Shipped.Content,
            Lake = Lake,
            Connections =
            [
                new PostureConnection
                {
                    Name = "org",
                    Kind = ConnectionKind.Organization,
                    ExternalId = organization.ExternalId,
                    Credential = new CredentialReference { Kind = CredentialKind.Session },
                    Organization = new OrganizationScope { MemberRole = SandboxOrganization.ReaderRole },
                },
            ],
            Services = services.Length > 0 ? services : null,
            Events = isOfEvents ? EventRules.LookupOf(Library) : null,
            Library = Library,
            Manner = new HarvestRequest { Lake = Lake, Targets = [], Unpaced = true },
        };
        var run = await HarvestRun.PlanAsync(order, resolver, default);
        await foreach (var account in run.RunAsync(aws, default))
        {
            Assert.Equal((AccountStatus.Complete, null), (account.Harvest.Status, account.Harvest.Failure));
        }
    }
}
