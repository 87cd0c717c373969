using System;
using System.Collections.Generic;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Access;

/// <summary>An account: who is in it, what limits them, and what was read beside.</summary>
internal sealed class IdentityAccount
{
    public required string AccountId { get; init; }

    public required string Partition { get; init; }

    /// <summary>Whether it manages an organization, so that control policies do not bind it.</summary>
    public required bool IsManagement { get; init; }

    /// <summary>The organization's id; null where there is none, or it was not read.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whether the account is known to be in an organization, or in none.</summary>
    public bool IsOrganizationKnown { get; init; }

    /// <summary>Users and roles, sorted by ARN.</summary>
    public required IReadOnlyList<Identity> Identities { get; init; }

    /// <summary>Groups by name.</summary>
    public required IReadOnlyDictionary<string, IdentityGroup> Groups { get; init; }

    /// <summary>Managed policies by ARN, those of AWS that are in use included.</summary>
    public required IReadOnlyDictionary<string, PolicyVersions> Policies { get; init; }

    /// <summary>Other resources that were asked for, by type.</summary>
    public required IReadOnlyDictionary<string, List<Resource>> Others { get; init; }

    /// <summary>Whether all of a type was read.</summary>
    public required Func<string, bool> WasRead { get; init; }

    /// <summary>The Regions that were harvested.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
}
