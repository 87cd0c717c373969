using CloudPosture.Onboarding.Policies;

namespace CloudPosture.PowerShell.Policies;

/// <summary>An IAM action that harvesting needs, and what for.</summary>
public sealed record PosturePolicyAction
{
    /// <summary>The full name (<c>s3:GetBucketAcl</c>).</summary>
    public required string Action { get; init; }

    /// <summary>What grants it.</summary>
    public required PolicyGrant GrantedBy { get; init; }

    /// <summary>What it allows: List or Read.</summary>
    public required AccessLevel AccessLevel { get; init; }

    /// <summary>The catalog's services that call it, separated by semicolons.</summary>
    public required string Services { get; init; }

    /// <summary>The resource types whose configuration it reads, separated by semicolons.</summary>
    public required string ResourceTypes { get; init; }

    /// <summary>The ids of the rules that need it, separated by semicolons.</summary>
    public required string Rules { get; init; }

    internal static PosturePolicyAction From(PolicyAction action) => new()
    {
        Action = action.Action,
        GrantedBy = action.GrantedBy,
        AccessLevel = action.AccessLevel,
        Services = string.Join("; ", action.Services),
        ResourceTypes = string.Join("; ", action.ResourceTypes),
        Rules = string.Join("; ", action.Rules),
    };
}
