using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Exceptions;

/// <summary>What an exception selects, prepared for many findings.</summary>
internal sealed class ExceptionMatch
{
    private readonly Wildcard? _rule;
    private readonly HashSet<string>? _rules;
    private readonly ScopeMatch _scope;
    private readonly IReadOnlyList<ScopeMatch> _unless;

    public ExceptionMatch(PostureException exception, IReadOnlyList<Benchmark> benchmarks)
    {
        Exception = exception;
        _rule = exception.Rule is null ? null : new Wildcard(exception.Rule, ignoreCase: true);
        _rules = exception.Requirement is null ? null : RulesOf(new Wildcard(exception.Requirement, ignoreCase: true), benchmarks);
        _scope = new ScopeMatch(new ExceptionScope { Account = exception.Account, Resource = exception.Resource, Region = exception.Region, Tags = exception.Tags });
        _unless = [.. exception.Unless.Select(scope => new ScopeMatch(scope))];
    }

    public PostureException Exception { get; }

    public bool NeedsTags => _scope.NeedsTags || _unless.Any(scope => scope.NeedsTags);

    /// <summary>Takes note of a resource whose tags may be the ones that are asked for.</summary>
    public void Note(Resource resource)
    {
        _scope.Note(resource);
        foreach (var scope in _unless)
        {
            scope.Note(resource);
        }
    }

    public bool Covers(Finding finding) =>
        _rule?.Matches(finding.RuleId) != false
        && _rules?.Contains(finding.RuleId) != false
        && _scope.Covers(finding)
        && !_unless.Any(scope => scope.Covers(finding));

    private static HashSet<string> RulesOf(Wildcard requirement, IReadOnlyList<Benchmark> benchmarks) => new(
        from benchmark in benchmarks
        from one in benchmark.Requirements
        where requirement.Matches($"{benchmark.Id}/{one.Id}")
        from rule in one.Rules
        select rule,
        StringComparer.OrdinalIgnoreCase);
}
