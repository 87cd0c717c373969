using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies;

/// <summary>Whose a policy is.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Partition">Its partition.</param>
internal sealed record Owner(string AccountId, string Partition = "aws")
{
    // Stands in for an organization whose id nobody told.
    private const string Untold = "o-\uE001";

    /// <summary>The organization's id; null where there is none, or it is unknown.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whether it is known which organization the account belongs to, if any.</summary>
    public bool IsOrganizationKnown { get; init; }

    /// <summary>The accounts of the same owner.</summary>
    public ICollection<string> KnownAccounts { get; init; } = [];

    /// <summary>Accounts that may get in as the owner's own may.</summary>
    public ICollection<string> TrustedAccounts { get; init; } = [];

    /// <summary>What a variable for the owner's organization stands for; null where the account is in none.</summary>
    public string? OrganizationText => OrganizationId ?? (IsOrganizationKnown ? null : Untold);

    public bool IsOwn(string accountId) => accountId == AccountId || KnownAccounts.Contains(accountId);

    /// <summary>Whether an account is the owner's or is trusted as it is; false for one that nobody names.</summary>
    public bool IsTrusted(string? accountId) => accountId is not null && (accountId == AccountId || TrustedAccounts.Contains(accountId));

    /// <summary>Whether an organization's id is known to be the owner's.</summary>
    public bool IsOwnOrganization(string id) => string.Equals(id, OrganizationText, StringComparison.Ordinal);
}
