using System;
using System.Collections.Generic;
using Amazon.Runtime;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Aws.Credentials;

/// <summary>Credentials that were found, and where.</summary>
public sealed record ResolvedCredentials
{
    /// <summary>The credentials; those that renew themselves do so when they are asked for.</summary>
    public required AWSCredentials Credentials { get; init; }

    /// <summary>Where they came from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>True where they renew themselves or never end.</summary>
    public bool Renews { get; init; } = true;

    /// <summary>The Region that their profile or the environment names; null where neither does.</summary>
    public string? Region { get; init; }

    /// <summary>What their profile, or the default one, says of endpoints; null where it says nothing.</summary>
    public EndpointSettings? Endpoints { get; init; }

    /// <summary>True where they are a role's session already, so that a role entered from them lasts an hour at most.</summary>
    internal bool IsRoleSession { get; init; }

    internal string? AccountId { get; init; }

    /// <summary>The roles on the way, from the first that is entered to the one whose session this is.</summary>
    internal IReadOnlyList<EnteredRole> Roles { get; init; } = [];

    /// <summary>When fixed temporary keys end, where their source says so.</summary>
    internal DateTimeOffset? FixedEnd { get; init; }

    /// <summary>What is known of them now.</summary>
    public CredentialDescription Describe() => new()
    {
        Source = Source,
        AccountId = AccountId,
        Renews = Renews,
        Expires = FixedEnd ?? (Credentials.Expiration is { } end ? new DateTimeOffset(end.ToUniversalTime()) : null),
    };

    /// <summary>Where they came from.</summary>
    public override string ToString() => Describe().ToString();
}
