using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Onboarding.Roles;

/// <summary>What it takes to make a role as it is to be, found out without changing anything.</summary>
public sealed record RolePlan
{
    /// <summary>The role as it is to be.</summary>
    public required RoleSpec Role { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>True where the role is there already.</summary>
    public required bool Exists { get; init; }

    /// <summary>The changes in their order; none where everything is as it is to be.</summary>
    public required IReadOnlyList<RoleChange> Changes { get; init; }

    /// <summary>What differs and cannot be changed, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>True where something that exists differs from what is wanted.</summary>
    public bool HasDrift => Changes.Any(change => change.IsRepair);

    /// <summary>The role's ARN.</summary>
    public string RoleArn => $"arn:{Role.Partition}:iam::{AccountId}:role{Role.Path}{Role.RoleName}";
}
