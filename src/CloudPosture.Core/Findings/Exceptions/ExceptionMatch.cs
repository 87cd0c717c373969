using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake;

namespace CloudPosture.Findings;

/// <summary>What an exception selects, prepared for many findings.</summary>
internal sealed class ExceptionMatch
{
    private readonly Wildcard? _rule;
    private readonly Wildcard? _account;
    private readonly Wildcard? _resource;
    private readonly Wildcard? _region;
    private readonly IReadOnlyList<(Wildcard Key, Wildcard Value)> _tags;
    private readonly HashSet<string>? _rules;
    private readonly HashSet<(string Account, string Arn)>? _tagged;

    public ExceptionMatch(PostureException exception, IReadOnlyList<Benchmark> benchmarks)
    {
        Exception = exception;
        _rule = Pattern(exception.Rule);
        _account = Pattern(exception.Account);
        _resource = exception.Resource is null ? null : new Wildcard(exception.Resource, ignoreCase: false);
        _region = Pattern(exception.Region);
        _tags = [.. exception.Tags.Select(tag => (new Wildcard(tag.Key, ignoreCase: false), new Wildcard(tag.Value, ignoreCase: false)))];
        _tagged = _tags.Count == 0 ? null : [];
        _rules = exception.Requirement is null ? null : RulesOf(new Wildcard(exception.Requirement, ignoreCase: true), benchmarks);
    }

    public PostureException Exception { get; }

    public bool NeedsTags => _tagged is not null;

    /// <summary>Takes note of a resource whose tags may be the ones that are asked for.</summary>
    public void Note(Resource resource)
    {
        if (_tagged is not null && _tags.All(wanted => resource.Tags.Any(tag => wanted.Key.Matches(tag.Key) && wanted.Value.Matches(tag.Value))))
        {
            _tagged.Add((resource.AccountId, resource.Arn));
        }
    }

    public bool Covers(Finding finding) =>
        _rule?.Matches(finding.RuleId) != false
        && _rules?.Contains(finding.RuleId) != false
        && (_account is null || _account.Matches(finding.AccountId) || _account.Matches(finding.AccountName))
        && (_resource is null || _resource.Matches(finding.ResourceArn) || _resource.Matches(finding.ResourceId) || _resource.Matches(finding.ResourceName))
        && _region?.Matches(finding.Region) != false
        && _tagged?.Contains((finding.AccountId, finding.ResourceArn)) != false;

    private static Wildcard? Pattern(string? text) => text is null ? null : new Wildcard(text, ignoreCase: true);

    private static HashSet<string> RulesOf(Wildcard requirement, IReadOnlyList<Benchmark> benchmarks) => new(
        from benchmark in benchmarks
        from one in benchmark.Requirements
        where requirement.Matches($"{benchmark.Id}/{one.Id}")
        from rule in one.Rules
        select rule,
        StringComparer.OrdinalIgnoreCase);
}
