using System.Collections.Generic;

namespace CloudPosture.Onboarding.Roles;

/// <summary>What a user gives beside the vendor's name.</summary>
public sealed record PresetValues
{
    /// <summary>Which of the vendor's roles.</summary>
    public RolePart Part { get; init; }

    /// <summary>The account of the hub, or the organization's management account, where the preset trusts one.</summary>
    public string? HubAccountId { get; init; }

    /// <summary>Whom to trust instead of the preset's principals; null for these.</summary>
    public IReadOnlyList<string>? TrustedPrincipals { get; init; }

    /// <summary>The external ID; null to follow the preset's rule.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name instead of the preset's; null for that.</summary>
    public string? RoleName { get; init; }

    /// <summary>For a hub: the name of the reader that it enters; null for the preset's own.</summary>
    public string? ReaderRoleName { get; init; }

    /// <summary>For a hub: the path of the reader that it enters.</summary>
    public string ReaderRolePath { get; init; } = "/";

    /// <summary>For a reader whose trust names the hub's role: the path of that role.</summary>
    public string HubRolePath { get; init; } = "/";

    /// <summary>What ends the role's name, where the preset has such a part: the name of the stack.</summary>
    public string? Suffix { get; init; }

    /// <summary>True to attach what reading Amazon Inspector needs.</summary>
    public bool IncludeInspector { get; init; }

    /// <summary>AWS's own detectors whose findings the role is to read, where what it may do is computed.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>True where the role is to read the account's events, where what it may do is computed.</summary>
    public bool IncludeEvents { get; init; }

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The account the role is for; null where any will do.</summary>
    public string? AccountId { get; init; }
}
