using System.Collections;
using System.Management.Automation;
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

    /// <summary>Whether Amazon Inspector is to be read.</summary>
    SwitchParameter IncludeInspector { get; }

    /// <summary>AWS's own detectors whose findings are to be read too.</summary>
    string[]? IncludeProviderFinding { get; }

    /// <summary>Whether the account's events are to be read too.</summary>
    SwitchParameter IncludeEvents { get; }

    /// <summary>Whether the hub is made beside the role, under the same path.</summary>
    SwitchParameter IncludeHub { get; }

    /// <summary>The partition; where it is known only later, <see cref="RoleSpec.In"/> changes it.</summary>
    string Partition { get; }

    /// <summary>Whether trust without an external ID is meant.</summary>
    SwitchParameter Force { get; }
}
