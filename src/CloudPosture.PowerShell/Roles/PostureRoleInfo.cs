using System;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.PowerShell.Roles;

/// <summary>A role as it is in an account. New-PostureConnection takes it from the pipeline.</summary>
public sealed record PostureRoleInfo
{
    /// <summary>The name.</summary>
    public required string RoleName { get; init; }

    /// <summary>The ARN.</summary>
    public required string RoleArn { get; init; }

    /// <summary>What must be said to assume it; null for nothing.</summary>
    public required string? ExternalId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What became of it.</summary>
    public required RoleOutcome Outcome { get; init; }

    /// <summary>Whether it could be assumed; null where that was not tried, or the caller is none of those it trusts.</summary>
    public required bool? Assumable { get; init; }

    /// <summary>Who may assume it, separated by semicolons.</summary>
    public required string TrustedPrincipals { get; init; }

    /// <summary>The ARNs of the managed policies attached to it, separated by semicolons.</summary>
    public required string ManagedPolicies { get; init; }

    /// <summary>The names of the policies inside it, separated by semicolons.</summary>
    public required string InlinePolicies { get; init; }

    /// <summary>The names of the instance profiles through which EC2 instances use it, separated by semicolons; null where the caller may not ask.</summary>
    public required string? InstanceProfiles { get; init; }

    /// <summary>The longest session in seconds.</summary>
    public required int MaxSessionDuration { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset? CreateDate { get; init; }

    /// <summary>What was changed, or for a drifted role, what differs; separated by semicolons.</summary>
    public required string Changes { get; init; }

    internal static PostureRoleInfo From(PostureRole role) => new()
    {
        RoleName = role.RoleName,
        RoleArn = role.RoleArn,
        ExternalId = role.ExternalId,
        AccountId = role.AccountId,
        Outcome = role.Outcome,
        Assumable = role.Assumable,
        TrustedPrincipals = string.Join("; ", role.TrustedPrincipals),
        ManagedPolicies = string.Join("; ", role.ManagedPolicyArns),
        InlinePolicies = string.Join("; ", role.InlinePolicyNames),
        InstanceProfiles = role.InstanceProfileNames is { } profiles ? string.Join("; ", profiles) : null,
        MaxSessionDuration = role.MaxSessionDuration,
        CreateDate = role.CreateDate,
        Changes = string.Join("; ", role.Changes),
    };
}
