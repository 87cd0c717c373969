using System.Collections;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.PowerShell.Roles;

/// <summary>What cmdlets that describe a role ask for, whether they need credentials or not.</summary>
internal interface IRoleSettings
{
    Vendor Vendor { get; }

    RolePart Part { get; }

    string? RoleName { get; }

    string? HubAccountId { get; }

    string[]? TrustedPrincipal { get; }

    string? ExternalId { get; }

    /// <summary>For a hub: the reader that it enters.</summary>
    string? ReaderRoleName { get; }

    string? ReaderRolePath { get; }

    string? Suffix { get; }

    string? AccountId { get; }

    string RolePath { get; }

    string? Description { get; }

    Hashtable? Tag { get; }

    string? PermissionsBoundary { get; }

    int MaxSessionDuration { get; }
}
