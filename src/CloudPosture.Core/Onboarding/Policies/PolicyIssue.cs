using System.Collections.Generic;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Something wrong with one action of a policy, or with the policy.</summary>
public sealed record PolicyIssue
{
    /// <summary>What is wrong.</summary>
    public required PolicyIssueKind Kind { get; init; }

    /// <summary>The action as the policy names it; null where the whole document is meant.</summary>
    public string? Action { get; init; }

    /// <summary>The statement, by its Sid, else its position from 1.</summary>
    public string? Statement { get; init; }

    /// <summary>What is wrong and what to do, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>For a wildcard: the actions beyond reading configuration that it reaches.</summary>
    public IReadOnlyList<string> Reaches { get; init; } = [];
}
