using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>What it takes to give a role to the accounts of an organization, found out without changing anything.</summary>
public sealed record RolloutPlan
{
    /// <summary>The role of each account, with the external ID that all of them have.</summary>
    public required RoleSpec Role { get; init; }

    /// <summary>The account that the credentials are of: the management account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The StackSet's name.</summary>
    public required string StackSetName { get; init; }

    /// <summary>The Region of the StackSet and its stacks: where it is already, else the one that was asked for.</summary>
    public required string Region { get; init; }

    /// <summary>The organizational units and roots whose accounts get it.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>True where a StackSet of that name is there already.</summary>
    public required bool Exists { get; init; }

    /// <summary>What differs in the StackSet that is there, in words; none where it is as it is to be.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>True where the StackSet is there and differs from what is wanted.</summary>
    public bool HasDrift => Differences.Count > 0;

    /// <summary>True where CloudFormation may not work in the organization's accounts yet.</summary>
    public required bool NeedsTrustedAccess { get; init; }

    /// <summary>The changes in words, in their order; none where everything is as it is to be.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>What was made for this rollout before, in words, to be named should it fail.</summary>
    public IReadOnlyList<string> Made { get; init; } = [];

    /// <summary>The external ID that the accounts have at present; null where there is no StackSet, or none in it.</summary>
    public string? PresentExternalId => Present?.ExternalId;

    internal JsonObject Template { get; init; } = [];

    internal PresentStackSet? Present { get; init; }

    /// <summary>The targets that stacks are to be created for, or tried again.</summary>
    internal IReadOnlyList<string> Deployments { get; init; } = [];
}
