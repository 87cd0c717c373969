using System.Collections.Generic;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;

namespace CloudPosture.Delegation;

/// <summary>What is made once the request is approved: a role that reads, and the connection that uses it.</summary>
public sealed record DelegationPlan
{
    /// <summary>The name of the connection to make.</summary>
    public required string Nickname { get; init; }

    /// <summary>One account, or an organization by its management account.</summary>
    public ConnectionKind Kind { get; init; }

    /// <summary>The role to create; in an organization the one of every account, beside the management account's <c>…-Hub</c>. At most 60 characters.</summary>
    public required string RoleName { get; init; }

    /// <summary>Who will assume the role: our account (12 digits) or a role of it.</summary>
    public required string TrustedPrincipal { get; init; }

    /// <summary>What must be said to assume the role.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The ARN of the policy that bounds every role made; null for the one that AWS's answer demands, else SecurityAudit.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>The Region of the stack.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The organizational units and roots whose accounts get the role; empty for the whole organization.</summary>
    public IReadOnlyList<string> OrganizationalUnitIds { get; init; } = [];

    /// <summary>The credentials that assume the role later.</summary>
    public CredentialReference Credential { get; init; } = new();
}
