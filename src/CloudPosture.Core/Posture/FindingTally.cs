using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake;

namespace CloudPosture.Posture;

/// <summary>Counts findings by rule and status, so that millions of them take no memory.</summary>
public sealed class FindingTally
{
    private readonly Dictionary<string, FindingCounts> _rules = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts.</summary>
    /// <param name="findings">The findings, which are read once.</param>
    public FindingTally(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            _rules[finding.RuleId] = CountsOf(finding.RuleId).With(finding);
        }
    }

    /// <summary>What the findings say about a requirement.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="requirement">One of its requirements.</param>
    public RequirementAnswer Answer(Benchmark benchmark, Requirement requirement)
    {
        var counts = requirement.Rules.Select(CountsOf).Aggregate(FindingCounts.None, (sum, count) => sum.With(count));
        var status =
            counts.Failed > 0 ? RequirementStatus.Fail
            : counts.NotAssessed > 0 ? RequirementStatus.NotAssessed
            : requirement.Manual is not null ? RequirementStatus.Manual
            : counts.Excepted > 0 ? RequirementStatus.Excepted
            : counts.Passed > 0 ? RequirementStatus.Pass
            : RequirementStatus.NoFinding;
        return new RequirementAnswer(benchmark, requirement, status, counts);
    }

    private FindingCounts CountsOf(string ruleId) => _rules.TryGetValue(ruleId, out var counts) ? counts : FindingCounts.None;
}
