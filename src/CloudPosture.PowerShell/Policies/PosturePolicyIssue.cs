using CloudPosture.Onboarding.Policies;

namespace CloudPosture.PowerShell.Policies;

/// <summary>Something in a policy that a reader of configuration should not have, or does not need.</summary>
public sealed record PosturePolicyIssue
{
    /// <summary>What is wrong.</summary>
    public required PolicyIssueKind Kind { get; init; }

    /// <summary>The action as the policy names it, NotAction where all but some are meant; empty where the whole document or statement is.</summary>
    public required string Action { get; init; }

    /// <summary>The statement, by its Sid, else its position from 1; empty where the whole document is meant.</summary>
    public required string Statement { get; init; }

    /// <summary>What is wrong and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>For a wildcard or NotAction: how many actions beyond reading configuration it allows.</summary>
    public required int ReachCount { get; init; }

    /// <summary>For a wildcard or NotAction: the actions beyond reading configuration that it allows, separated by semicolons.</summary>
    public required string Reaches { get; init; }

    /// <summary>The role that has the policy; empty where none was asked.</summary>
    public required string RoleName { get; init; }

    /// <summary>The file the policy came from, its ARN, or the name it has inside its role; empty where it was given as text.</summary>
    public required string Source { get; init; }

    internal static PosturePolicyIssue From(PolicyIssue issue, string role, string source) => new()
    {
        Kind = issue.Kind,
        Action = issue.Action ?? "",
        Statement = issue.Statement ?? "",
        Message = issue.Message,
        ReachCount = issue.Reaches.Count,
        Reaches = string.Join("; ", issue.Reaches),
        RoleName = role,
        Source = source,
    };
}
