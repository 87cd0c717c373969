using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Rules;

namespace CloudPosture.Findings.Imports;

/// <summary>Leads from the checks of another tool to the rules whose verdict is the same. A rule that is merely akin would accept what nobody decided about.</summary>
internal sealed class EquivalentRules(RuleSet rules, string tool)
{
    private readonly ILookup<string, string> _rules = (
        from rule in rules.Rules
        from check in rule.Equivalents.TryGetValue(tool, out var checks) ? checks : []
        select (check, rule.Id)).ToLookup(pair => pair.check, pair => pair.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of rules that are equal to checks, sorted.</summary>
    /// <param name="pattern">The check's name; <c>*</c> and <c>?</c> are wildcards.</param>
    public IReadOnlyList<string> Of(string pattern)
    {
        var wanted = new Wildcard(pattern, ignoreCase: true);
        return [.. _rules.Where(check => wanted.Matches(check.Key))
            .SelectMany(check => check)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(id => id, StringComparer.Ordinal)];
    }
}
