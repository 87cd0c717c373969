using System;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake;

namespace CloudPosture.Assessment;

/// <summary>A failure that someone decided to live with, for a while.</summary>
/// <param name="rule">The rule's id; may hold wildcards.</param>
/// <param name="account">The account, 12 digits; may hold wildcards.</param>
/// <param name="resource">The resource's ARN or id; may hold wildcards.</param>
/// <param name="until">The last day, in UTC; null for no end.</param>
/// <param name="reason">Why.</param>
internal sealed class AcceptedRisk(string rule, string account, string resource, DateTimeOffset? until, string reason)
{
    private readonly Wildcard _rule = new(rule, ignoreCase: true);
    private readonly Wildcard _account = new(account, ignoreCase: false);
    private readonly Wildcard _resource = new(resource, ignoreCase: false);

    public string Reason => until is { } end ? $"accepted until {end:yyyy-MM-dd}: {reason}" : $"accepted: {reason}";

    public bool Covers(Finding finding) => (until is not { } end || finding.LastSeen < end.AddDays(1))
        && _rule.Matches(finding.RuleId)
        && _account.Matches(finding.AccountId)
        && (_resource.Matches(finding.ResourceArn) || _resource.Matches(finding.ResourceId));
}
