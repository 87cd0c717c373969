using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;

namespace CloudPosture.Reporting.Content;

/// <summary>What is known of the rules that findings name. Rules of one's own may be gone since, and of a requirement that a person must look at the title alone is known.</summary>
/// <param name="find">The rule of an id; null where there is none.</param>
/// <param name="requirementsOf">The requirements that a rule answers.</param>
internal sealed class RuleFacts(Func<string, Rule?> find, Func<string, IEnumerable<(Benchmark Benchmark, Requirement Requirement)>> requirementsOf)
{
    private readonly Dictionary<string, RuleFact> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing is known of any rule.</summary>
    public static RuleFacts None => new(_ => null, _ => []);

    /// <summary>What is known of a rule.</summary>
    public RuleFact this[string ruleId]
    {
        get
        {
            if (!_known.TryGetValue(ruleId, out var fact))
            {
                _known.Add(ruleId, fact = Learn(ruleId));
            }

            return fact;
        }
    }

    private RuleFact Learn(string ruleId)
    {
        var rule = find(ruleId);
        var answers = requirementsOf(ruleId).ToList();
        var remediation = rule?.Remediation ?? new Remediation(null, null);
        var inWords = remediation.InWords();
        var requirements = answers.Select(answered => (answered.Benchmark, answered.Requirement.Id)).Distinct().ToList();
        return new RuleFact
        {
            RuleId = ruleId,
            Rationale = rule?.Rationale ?? "",
            PowerShell = inWords.PowerShell ?? "",
            Cli = inWords.Cli ?? "",
            Remediation = remediation,
            References = rule?.References ?? [],
            Tags = rule?.Tags ?? [],
            ProwlerChecks = rule?.Equivalents.TryGetValue("prowler", out var checks) == true ? checks : [],
            Requirements = [.. requirements.Select(requirement => $"{requirement.Benchmark.Id}/{requirement.Id}")],
            RequirementText = RequirementText.Of(answers),
            ByBenchmark =
            [
                .. requirements.GroupBy(requirement => requirement.Benchmark, (benchmark, answers) => (benchmark.Id, (IReadOnlyList<string>)[.. answers.Select(answer => answer.Id)])),
            ],
        };
    }
}
