using System.Collections.Generic;

namespace CloudPosture.Connections;

/// <summary>An account of an organization.</summary>
public sealed record OrganizationAccount
{
    /// <summary>The account, 12 digits.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    public required string Name { get; init; }

    /// <summary>The names of the units above it, from the root, joined by slashes.</summary>
    public required string UnitPath { get; init; }

    /// <summary>The ids of the root and the units above it.</summary>
    public required IReadOnlyList<string> UnitIds { get; init; }

    /// <summary>True unless it is suspended, closed or not ready yet.</summary>
    public bool IsActive { get; init; }

    /// <summary>True for the organization's management account.</summary>
    public bool IsManagementAccount { get; init; }
}
