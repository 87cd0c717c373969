using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.Posture.Tallies;

/// <summary>Counts findings by rule and status, so that millions of them take no memory. Not thread-safe.</summary>
public sealed class FindingTally
{
    private readonly Dictionary<string, RuleTally> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is counted yet.</summary>
    public FindingTally()
    {
    }

    /// <summary>Counts.</summary>
    /// <param name="findings">The findings, which are read once.</param>
    public FindingTally(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Add(finding);
        }
    }

    /// <summary>Counts one more.</summary>
    public void Add(Finding finding) => RuleOf(finding.RuleId).Add(finding);

    /// <summary>Counts all that another has counted.</summary>
    public void Add(FindingTally other)
    {
        foreach (var rule in other._rules)
        {
            RuleOf(rule.Key).Add(rule.Value);
        }
    }

    /// <summary>What the findings say about a requirement.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="requirement">One of its requirements.</param>
    public RequirementAnswer Answer(Benchmark benchmark, Requirement requirement)
    {
        var counts = requirement.Rules.Aggregate(FindingCounts.None, (sum, rule) => _rules.TryGetValue(rule, out var tally) ? sum.With(tally.Counts) : sum);
        return new RequirementAnswer(benchmark, requirement, StatusOf(requirement), counts);
    }

    /// <summary>The same without counts, which is all that a matrix of many requirements and accounts needs.</summary>
    /// <param name="requirement">The requirement.</param>
    public RequirementStatus StatusOf(Requirement requirement)
    {
        var worst = requirement.Manual is null ? RequirementStatus.NoFinding : RequirementStatus.Manual;
        foreach (var rule in requirement.Rules)
        {
            if (_rules.TryGetValue(rule, out var tally) && tally.Status > worst)
            {
                worst = tally.Status;
            }
        }

        return worst;
    }

    private RuleTally RuleOf(string ruleId)
    {
        if (!_rules.TryGetValue(ruleId, out var tally))
        {
            _rules.Add(ruleId, tally = new RuleTally());
        }

        return tally;
    }
}
