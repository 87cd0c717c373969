using System.Collections.Generic;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>What it takes to give a role to the accounts of an organization, found out without changing anything.</summary>
public sealed record RolloutPlan
{
    /// <summary>The role of each account.</summary>
    public required RoleSpec Role { get; init; }

    /// <summary>The StackSet's name.</summary>
    public required string StackSetName { get; init; }

    /// <summary>The organizational units and roots whose accounts get it.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>True where a StackSet of that name is there already.</summary>
    public required bool Exists { get; init; }

    /// <summary>True where CloudFormation may not work in the organization's accounts yet.</summary>
    public required bool NeedsTrustedAccess { get; init; }

    /// <summary>The changes in words, in their order.</summary>
    public required IReadOnlyList<string> Changes { get; init; }
}
