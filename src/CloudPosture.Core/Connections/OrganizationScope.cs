using System.Collections.Generic;

namespace CloudPosture.Connections;

/// <summary>Which accounts of an organization a connection covers, and how they are entered.</summary>
public sealed record OrganizationScope
{
    /// <summary>The role that each member account has for us: its name, with its path before it if it has one (<c>audit/reader</c>).</summary>
    public required string MemberRole { get; init; }

    /// <summary>The organizational units (or root) whose accounts are covered, with all units below; empty for the whole organization.</summary>
    public IReadOnlyList<string> OrganizationalUnitIds { get; init; } = [];

    /// <summary>Accounts left out, 12 digits each.</summary>
    public IReadOnlyList<string> ExcludedAccounts { get; init; } = [];

    /// <summary>Whether the management account is covered; it is entered with the hub's own credentials where they belong to it.</summary>
    public bool IncludeManagementAccount { get; init; } = true;
}
