using System;
using System.Collections.Generic;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Connections;

/// <summary>A named way into an account or an organization. It refers to credentials and holds none.</summary>
public sealed record PostureConnection
{
    /// <summary>The name: 1–128 letters, digits, spaces and <c>_ . @ -</c>, starting with a letter or digit; the same in any case.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it leads to one account or to an organization.</summary>
    public ConnectionKind Kind { get; init; }

    /// <summary>The account that must be reached, 12 digits; null accepts the one the credentials belong to.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's name, for people.</summary>
    public string? AccountName { get; init; }

    /// <summary>The unit path the account had when it was imported from an organization (<c>Root/Production</c>).</summary>
    public string? UnitPath { get; init; }

    /// <summary>The role to assume; null uses the base credentials as they are. For an organization it is the hub role that lists the accounts.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The external ID that the role (for an organization: the member role) asks for in its trust policy, 2–1224 characters.</summary>
    public string? ExternalId { get; init; }

    /// <summary>For an organization, the external ID that the hub role of <see cref="RoleArn"/> asks for, 2–1224 characters; null sends none.</summary>
    public string? HubExternalId { get; init; }

    /// <summary>How sessions are named in CloudTrail, 2–64 characters; null is <c>CloudPosture</c>.</summary>
    public string? RoleSessionName { get; init; }

    /// <summary>Seconds a session of the role lasts, 900–43200, and at most 3600 for a role entered from another role; null is 3600. Sessions are renewed.</summary>
    public int? SessionDuration { get; init; }

    /// <summary>The MFA device the role's trust policy asks for: a serial number or ARN.</summary>
    public string? MfaSerial { get; init; }

    /// <summary>Where the base credentials are.</summary>
    public CredentialReference Credential { get; init; } = new();

    /// <summary>For <see cref="ConnectionKind.Organization"/>: which accounts.</summary>
    public OrganizationScope? Organization { get; init; }

    /// <summary>The Regions to read; empty for all that the account has enabled.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The services of the catalog to read; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>What keeps this connection's data apart from others': 1–100 of lower-case letters, digits and <c>_ . -</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The user's own labels.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The user's own words.</summary>
    public string? Notes { get; init; }

    /// <summary>False keeps the connection and its data but harvests nothing.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>When it was made, in UTC; the store sets it.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it last changed, in UTC; the store sets it.</summary>
    public DateTimeOffset Modified { get; init; }
}
