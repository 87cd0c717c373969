using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Lake;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>Counts findings by rule and status, so that millions of them take no memory.</summary>
internal sealed class FindingTally
{
    private readonly Dictionary<string, (int Passed, int Failed, int NotAssessed)> _rules = new(StringComparer.OrdinalIgnoreCase);

    public FindingTally(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            _rules.TryGetValue(finding.RuleId, out var count);
            switch (finding.Status)
            {
                case FindingStatus.Pass or FindingStatus.Excepted: count.Passed++; break;
                case FindingStatus.Fail: count.Failed++; break;
                case FindingStatus.NotAssessed: count.NotAssessed++; break;
                default: continue;
            }

            _rules[finding.RuleId] = count;
        }
    }

    public PostureRequirement Answer(Benchmark benchmark, Requirement requirement)
    {
        var counts = requirement.Rules.Select(rule => _rules.TryGetValue(rule, out var count) ? count : default).ToList();
        var (passed, failed, notAssessed) = (counts.Sum(count => count.Passed), counts.Sum(count => count.Failed), counts.Sum(count => count.NotAssessed));
        return new PostureRequirement
        {
            BenchmarkId = benchmark.Id,
            RequirementId = requirement.Id,
            Title = requirement.Title,
            Level = requirement.Level,
            Status =
                failed > 0 ? RequirementStatus.Fail
                : notAssessed > 0 ? RequirementStatus.NotAssessed
                : requirement.Manual is not null ? RequirementStatus.Manual
                : passed > 0 ? RequirementStatus.Pass
                : RequirementStatus.NoFinding,
            Passed = passed,
            Failed = failed,
            NotAssessed = notAssessed,
            Rules = string.Join("; ", requirement.Rules),
            Manual = requirement.Manual ?? "",
        };
    }
}
