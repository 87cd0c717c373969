using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Findings;

/// <summary>What of Get-PostureFinding's parameters the lake can select while it reads, and what is left to look at.</summary>
internal sealed class FindingFilter
{
    private readonly HarvestScope _scope;
    private readonly NameFilter _rules;
    private readonly NameFilter _resources;
    private readonly HashSet<string>? _ruleIds;

    /// <param name="scope">Where to look.</param>
    /// <param name="rules">The rules that are wanted.</param>
    /// <param name="resources">The resources that are wanted.</param>
    /// <param name="ruleIds">Rules of which a finding must be; null for any.</param>
    /// <param name="parameters">The rest.</param>
    public FindingFilter(HarvestScope scope, NameFilter rules, NameFilter resources, HashSet<string>? ruleIds, GetPostureFindingCommand parameters)
    {
        _scope = scope;
        _rules = rules;
        _resources = resources;
        _ruleIds = ruleIds;
        Query = new FindingQuery
        {
            HarvestId = scope.HarvestId,
            RuleIds = _rules.Exactly ?? _ruleIds,
            Severities = parameters.Severity,
            Statuses = parameters.Status,
            Services = scope.Services.Exactly,
            AccountIds = scope.Accounts.Exactly is { } accounts && accounts.All(AccountIds.IsValid) ? accounts : null,
            Regions = scope.Regions.Exactly,
            Resources = _resources.Exactly,
            Connections = scope.Connections.Exactly,
        };
    }

    public FindingQuery Query { get; }

    public bool Admits(Finding finding) =>
        _rules.Admits(finding.RuleId)
        && _ruleIds?.Contains(finding.RuleId) != false
        && _scope.Services.Admits(finding.Service)
        && _scope.Admits(finding.AccountId, finding.AccountName, finding.Region, finding.Connection)
        && _resources.AdmitsAny(finding.ResourceId, finding.ResourceName, finding.ResourceArn);
}
