using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Harvest;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Rules;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Tests.Lake;

namespace CloudPosture.Tests.Harvest;

/// <summary>
/// Every operation of the catalog is answered with what is no answer of its model: nothing, another document, a part, noise. What
/// failed before must fail or be NotAssessed, and what is gone must be told.
/// </summary>
public sealed class AnswerFaultTests(AnswerFaultTests.World world) : IClassFixture<AnswerFaultTests.World>
{
    private static readonly SandboxOptions Options = new() { Accounts = 1, Regions = 1, MaxPageSize = 3, Now = DateTimeOffset.UtcNow };

    /// <summary>What the sandbox's accounts have nothing for, so that it is never answered; OperationAnswerTests answers these, too, with what is none.</summary>
    private static readonly HashSet<string> NeverAsked = new(StringComparer.Ordinal)
    {
        "account:GetContactInformation",
        "glue:GetResourcePolicy",
        "guardduty:DescribeOrganizationConfiguration",
        "guardduty:ListOrganizationAdminAccounts",
        "macie:GetAdministratorAccount",
        "organizations:DescribeResourcePolicy",
        "s3:GetBucketLifecycleConfiguration",
        "s3:GetBucketReplication",
        "s3:GetObjectLockConfiguration",
        "securityhub-findings:GetFindings",
        "securityhub:DescribeHub",
        "securityhub:DescribeOrganizationConfiguration",
        "securityhub:GetEnabledStandards",
        "securityhub:ListEnabledProductsForImport",
        "securityhub:ListOrganizationAdminAccounts",
        "support:DescribeSeverityLevels",
    };

    public static TheoryData<string, string> Operations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var service in Shipped.Content.Catalog.All)
            {
                foreach (var operation in service.Operations)
                {
                    data.Add(service.Name, operation);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task WhatIsNoAnswerMakesNothingPassAndNothingVanish(string service, string operation)
    {
        var calm = await world.CalmAsync(service);
        var faults = new Spoiler(service.Length + operation.Length);

        var spoilt = await world.HarvestAsync(service, new Fault
        {
            // By its name alone: what two services ask at one endpoint, the sandbox takes for either's.
            Kind = FaultKind.RewrittenBody,
            Operation = operation,
            Rewrite = faults.Spoil,
        });

        if (faults.Count == 0)
        {
            Assert.Contains($"{service}:{operation}", NeverAsked);
            return;
        }

        AssertNothingPasses(calm, spoilt, string.Join(", ", faults.Used));
    }

    /// <summary>What a server that knows the names and nothing else answers: the objects are there, and nothing is in them.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task WhatIsHollowMakesNothingPassAndNothingVanish(string service, string operation)
    {
        // Who has none of these may send nothing, so that nobody can tell.
        if (Shipped.Content.Catalog.Service(service).Resources.Any(resource => resource.List is { Optional: true } list && list.Operation == operation))
        {
            return;
        }

        // One structure among others is empty where nothing of it is set.
        if (service == "sagemaker" && operation is "DescribeFeatureGroup" or "DescribeModel" or "DescribeMonitoringSchedule" || (service == "networkfirewall" && operation == "DescribeRuleGroup"))
        {
            return;
        }

        var calm = await world.CalmAsync(service);
        var model = Shipped.Content.Models.Get(Shipped.Content.Catalog.Service(service).Model).Operation(operation);
        foreach (var kind in Hollow.Kinds)
        {
            var faults = new Hollow(kind, model);
            var spoilt = await world.HarvestAsync(service, new Fault { Kind = FaultKind.RewrittenBody, Operation = operation, Rewrite = faults.Spoil });
            if (faults.HasSpoilt)
            {
                AssertNoFailurePasses(calm, spoilt, $"{kind} of {operation}");
            }
        }
    }

    [Fact]
    public async Task TheListOfWhatIsNeverAskedIsTrue()
    {
        var never = new List<string>();
        foreach (var service in Shipped.Content.Catalog.All)
        {
            var calm = await world.CalmAsync(service.Name);
            never.AddRange(service.Operations.Where(operation => !calm.Asked.Contains(operation)).Select(operation => $"{service.Name}:{operation}"));
        }

        Assert.True(NeverAsked.SetEquals(never), $"Never asked are: {string.Join(' ', never.Order(StringComparer.Ordinal))}");
    }

    [Theory]
    [InlineData(FaultKind.EmptyBody)]
    [InlineData(FaultKind.ForeignBody)]
    public async Task WhatAProxyAnswersToEverythingMakesNothingPassAndNothingVanish(FaultKind kind)
    {
        foreach (var service in Shipped.Content.Catalog.All.Select(service => service.Name))
        {
            var spoilt = await world.HarvestAsync(service, new Fault { Kind = kind, Service = EndpointOf(service) });

            AssertNothingPasses(await world.CalmAsync(service), spoilt, $"{kind} of {service}");
            Assert.DoesNotContain(spoilt.Findings, finding => finding.Status == FindingStatus.Pass);
        }
    }

    // DocumentDB and Neptune are asked at RDS's endpoint, where the sandbox takes their calls for RDS's.
    private static string EndpointOf(string service) =>
        Shipped.Content.Catalog.Service(service).Model is var model && model is "docdb" or "neptune" ? "rds" : model;

    private static void AssertNothingPasses(Outcome calm, Outcome spoilt, string how)
    {
        AssertNoFailurePasses(calm, spoilt, how);
        Assert.True(spoilt.Gaps.Count > 0, $"No gap tells of {how}.");
    }

    private static void AssertNoFailurePasses(Outcome calm, Outcome spoilt, string how)
    {
        var after = spoilt.Findings.ToLookup(finding => (finding.RuleId, finding.ResourceArn, finding.Region), finding => finding.Status);
        foreach (var failure in calm.Findings.Where(finding => finding.Status == FindingStatus.Fail))
        {
            var statuses = after[(failure.RuleId, failure.ResourceArn, failure.Region)].ToList();
            Assert.True(
                statuses.All(status => status is FindingStatus.Fail or FindingStatus.NotAssessed),
                $"{failure.RuleId} of {failure.ResourceArn} became {string.Join(", ", statuses)} by {how}.");
            Assert.True(
                statuses.Count > 0 || spoilt.Gaps.Count > 0 || spoilt.Findings.Any(finding => finding.RuleId == failure.RuleId && finding.Status == FindingStatus.NotAssessed),
                $"{failure.RuleId} of {failure.ResourceArn} is gone by {how}, and nothing tells.");
        }
    }

    /// <summary>One sandbox for all, and what each service shows when nothing is wrong.</summary>
    public sealed class World : IAsyncLifetime
    {
        private readonly ConcurrentDictionary<string, Lazy<Task<Outcome>>> _calm = new(StringComparer.Ordinal);
        private SandboxHarvest _sandbox = null!;
        private HarvestRequest _request = null!;

        public async Task InitializeAsync()
        {
            _sandbox = await SandboxHarvest.StartAsync(Options);
            _request = await _sandbox.RequestAsync();
            _request = _request with { Targets = [.. _request.Targets.Select(target => target with { Regions = _sandbox.Server.Organization.Regions })] };
        }

        public async Task DisposeAsync() => await _sandbox.DisposeAsync();

        internal Task<Outcome> CalmAsync(string service) => _calm.GetOrAdd(service, name => new(() => HarvestAsync(name, null))).Value;

        internal async Task<Outcome> HarvestAsync(string service, Fault? fault)
        {
            using var lake = new TemporaryLake();
            _sandbox.Server.Calls.Clear();
            if (fault is not null)
            {
                _sandbox.Server.Faults.Add(fault);
            }

            try
            {
                var events = Shipped.Content.Catalog.Service(service).IsOfEvents ? EventRules.LookupOf(RuleLibrary.OfRules(LakeContents.Rules)) : null;
                await _sandbox.RunAsync(_request with { Lake = lake.Lake, Services = [service], Events = events });
            }
            finally
            {
                _sandbox.Server.Faults.Clear();
            }

            return new Outcome(LakeContents.Findings(lake.Lake), [.. lake.Lake.ReadAllGaps()], _sandbox.Server.Calls.Where(call => call.Code is null).Select(call => call.Operation).ToHashSet(StringComparer.Ordinal));
        }
    }

    internal sealed record Outcome(IReadOnlyList<Finding> Findings, IReadOnlyList<AccountGap> Gaps, IReadOnlySet<string> Asked);

    /// <summary>Makes of each answer, in turn, something that is none.</summary>
    private sealed class Spoiler(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly ConcurrentDictionary<string, bool> _used = new();
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public IEnumerable<string> Used => _used.Keys.Order(StringComparer.Ordinal);

        public byte[] Spoil(byte[] body)
        {
            var (name, spoilt) = (Interlocked.Increment(ref _count) % 5) switch
            {
                0 => ("nothing", []),
                1 => ("a sign-in page", Encoding.ASCII.GetBytes(body.AsSpan().TrimStart(" \n\r\t"u8).StartsWith("<"u8) ? "<portal><Status>sign in</Status></portal>" : "{\"error\":\"sign in\"}")),
                2 => ("a part", body[..Next(body.Length)]),
                3 => ("noise", Noise(body)),
                _ => ("two halves that do not fit", body[Next(body.Length)..]),
            };
            _used.TryAdd(name, true);
            return spoilt;
        }

        private byte[] Noise(byte[] body)
        {
            var noisy = body.ToArray();
            for (var i = Next(noisy.Length); i < noisy.Length; i += 7)
            {
                noisy[i] = 0xFF;
            }

            return noisy;
        }

        /// <summary>From 1 to below a length.</summary>
        private int Next(int length)
        {
            lock (_random)
            {
                return _random.Next(1, Math.Max(2, length));
            }
        }
    }
}
