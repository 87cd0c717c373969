using System.Collections.Generic;

namespace CloudPosture.Onboarding.Policies;

/// <summary>Something wrong with one action of a policy, or with the policy.</summary>
public sealed record PolicyIssue
{
    /// <summary>What is wrong.</summary>
    public required PolicyIssueKind Kind { get; init; }

    /// <summary>The action as the policy names it, <c>NotAction</c> where all but some are meant; null where the whole document or statement is.</summary>
    public string? Action { get; init; }

    /// <summary>The statement, by its Sid, else its position from 1; null where the whole document is meant.</summary>
    public string? Statement { get; init; }

    /// <summary>What is wrong and what to do, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>For a wildcard or <c>NotAction</c>: the actions beyond reading configuration that it allows.</summary>
    public IReadOnlyList<string> Reaches { get; init; } = [];
}
