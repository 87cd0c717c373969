using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Findings;

/// <summary>What of Get-PostureFinding's parameters the lake can select while it reads, and what is left to look at.</summary>
internal sealed class FindingFilter
{
    private readonly NameFilter _rules;
    private readonly NameFilter _services;
    private readonly NameFilter _accounts;
    private readonly NameFilter _regions;
    private readonly NameFilter _resources;
    private readonly NameFilter _connections;
    private readonly HashSet<string>? _ruleIdsOfBenchmarks;

    public FindingFilter(GetPostureFindingCommand parameters)
    {
        _rules = new NameFilter(parameters.Rule);
        _services = new NameFilter(parameters.Service).RefuseUnknownServices();
        _accounts = new NameFilter(parameters.Account);
        _regions = new NameFilter(parameters.Region).RefuseUnknownRegions();
        _resources = new NameFilter(parameters.Resource);
        _connections = new NameFilter(parameters.Connection);
        _ruleIdsOfBenchmarks = RuleIdsOf(new NameFilter(parameters.Benchmark));
        Query = new FindingQuery
        {
            HarvestId = parameters.InputObject?.HarvestId ?? parameters.HarvestId,
            RuleIds = _rules.Exactly ?? _ruleIdsOfBenchmarks,
            Severities = parameters.Severity,
            Statuses = parameters.Status,
            Services = _services.Exactly,
            AccountIds = _accounts.Exactly is { } accounts && accounts.All(IsAccountId) ? accounts : null,
            Regions = _regions.Exactly,
            Resources = _resources.Exactly,
            Connections = _connections.Exactly,
        };
    }

    public FindingQuery Query { get; }

    public bool Admits(Finding finding) =>
        _rules.Admits(finding.RuleId)
        && _ruleIdsOfBenchmarks?.Contains(finding.RuleId) != false
        && _services.Admits(finding.Service)
        && _accounts.AdmitsAny(finding.AccountId, finding.AccountName)
        && _regions.Admits(finding.Region)
        && _resources.AdmitsAny(finding.ResourceId, finding.ResourceName, finding.ResourceArn)
        && _connections.Admits(finding.Connection);

    // Requirements that a person must look at have findings under the benchmark's own numbers.
    private static HashSet<string>? RuleIdsOf(NameFilter benchmarks) => benchmarks.AdmitsAll ? null : new HashSet<string>(
        from benchmark in ModuleLibrary.Shipped.SelectBenchmarks(benchmarks)
        from requirement in benchmark.Requirements
        from id in requirement.Rules.Append($"{benchmark.Id}/{requirement.Id}")
        select id,
        StringComparer.OrdinalIgnoreCase);

    private static bool IsAccountId(string name) => name.Length == 12 && name.All(char.IsDigit);
}
