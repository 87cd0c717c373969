using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Exceptions;

/// <summary>Account, resource, Region and tags, prepared for many findings.</summary>
internal sealed class ScopeMatch
{
    private readonly Wildcard? _account;
    private readonly Wildcard? _resource;
    private readonly Wildcard? _region;
    private readonly IReadOnlyList<(Wildcard Key, Wildcard Value)> _tags;
    private readonly HashSet<(string Account, string Arn)>? _tagged;

    public ScopeMatch(ExceptionScope scope)
    {
        _account = scope.Account is null ? null : new Wildcard(scope.Account, ignoreCase: true);
        _resource = scope.Resource is null ? null : new Wildcard(scope.Resource, ignoreCase: false);
        _region = scope.Region is null ? null : new Wildcard(scope.Region, ignoreCase: true);
        _tags = [.. scope.Tags.Select(tag => (new Wildcard(tag.Key, ignoreCase: false), new Wildcard(tag.Value, ignoreCase: false)))];
        _tagged = _tags.Count == 0 ? null : [];
    }

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
        (_account is null || _account.Matches(finding.AccountId) || _account.Matches(finding.AccountName))
        && (_resource is null || _resource.Matches(finding.ResourceArn) || _resource.Matches(finding.ResourceId) || _resource.Matches(finding.ResourceName))
        && _region?.Matches(finding.Region) != false
        && _tagged?.Contains((finding.AccountId, finding.ResourceArn)) != false;
}
