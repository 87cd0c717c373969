using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Rules;
using CloudPosture.Aws;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>The shipped rules over one account of the sandbox held in memory: the verdicts alone, and whole findings with their evidence.</summary>
[MemoryDiagnoser]
[Config(typeof(ThroughputConfig))]
public class RuleBenchmarks
{
    private readonly List<(Rule Rule, Subject Subject)> _pairs = [];
    private RuleSet _rules = null!;
    private MemorySnapshot _account = null!;

    // Benchmarks in this process are not waited for while they are set up.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 1, Regions = 2, ResourcesPerAccount = 5_000 });
        using var client = new AwsClient(SandboxContent.Shipped.Models, new AwsClientOptions { EndpointUrl = server.Url });
        var folder = Directory.CreateTempSubdirectory("cloudposture-benchmark-").FullName;
        var lake = PostureLake.Open(folder);
        var targets = await Demo.TargetsAsync(server.Organization, client, default);
        await foreach (var _ in new Harvester(client, SandboxContent.Shipped).RunAsync(new HarvestRequest { Lake = lake, Targets = targets, Unpaced = true }))
        {
        }

        var account = lake.LatestAccounts().Single();
        _account = new MemorySnapshot(SandboxContent.Shipped.Catalog.Names, account.Resources())
        {
            AccountId = account.AccountId,
            Regions = account.Regions,
            HarvestedAt = account.HarvestedAt,
            IsManagementAccount = account.IsManagementAccount,
        };
        Directory.Delete(folder, recursive: true);
        _rules = RuleSet.LoadShipped(SandboxContent.Shipped);
        Pair();
        ThroughputColumn.Instance.Record(nameof(Evaluate), _pairs.Count, "evaluations");
        ThroughputColumn.Instance.Record(nameof(Assess), Assess(), "findings");
    }

    [Benchmark]
    public int Evaluate()
    {
        var passed = 0;
        foreach (var (rule, subject) in _pairs)
        {
            passed += rule.Condition.Evaluate(subject) == Verdict.True ? 1 : 0;
        }

        return passed;
    }

    [Benchmark]
    public int Assess() => Assessor.Assess(_account, _rules).Count();

    private void Pair()
    {
        var needs = new AccountNeeds();
        foreach (var rule in _rules.Rules)
        {
            needs.Add(rule.Needs);
        }

        var index = AccountIndex.Build(_account, SandboxContent.Shipped.Catalog, needs, []);
        _pairs.AddRange(
            from resource in _account.Resources()
            from rule in _rules.Rules
            where rule.Scope == RuleScope.Resource && rule.ResourceTypes.Contains(resource.Type)
            select (rule, new Subject(resource, index)));
    }
}
