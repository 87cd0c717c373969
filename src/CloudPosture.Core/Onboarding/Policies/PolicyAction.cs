using System.Collections.Generic;

namespace CloudPosture.Onboarding.Policies;

/// <summary>An IAM action that the harvest needs, and what for.</summary>
public sealed record PolicyAction
{
    /// <summary>The full name (<c>s3:GetBucketAcl</c>).</summary>
    public required string Action { get; init; }

    /// <summary>The catalog's services that call it.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>What it allows: List or Read.</summary>
    public required AccessLevel AccessLevel { get; init; }

    /// <summary>What grants it.</summary>
    public required PolicyGrant GrantedBy { get; init; }

    /// <summary>The resource types whose configuration it reads.</summary>
    public required IReadOnlyList<string> ResourceTypes { get; init; }

    /// <summary>The ids of the rules that read these types; empty where no rule does.</summary>
    public required IReadOnlyList<string> Rules { get; init; }
}
