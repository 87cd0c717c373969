using System.Collections.Generic;
using Amazon.Runtime;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Connections;

/// <summary>A way into one account, for a harvest.</summary>
public sealed record AccountSession
{
    /// <summary>The connection it comes from.</summary>
    public required string ConnectionName { get; init; }

    /// <summary>The connection's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name; the connection's where none is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The organizational units above the account, from the root (<c>Root/Production</c>); null where that is not known.</summary>
    public string? UnitPath { get; init; }

    /// <summary>The partition (<c>aws</c>).</summary>
    public required string Partition { get; init; }

    /// <summary>The Regions to read. Before <see cref="ConnectionResolver.OpenAsync"/>: as the connection names them; after: never empty.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The services to read; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>True where this is the management account of its organization; reliable after <see cref="ConnectionResolver.OpenAsync"/>.</summary>
    public bool IsManagementAccount { get; init; }

    /// <summary>The credentials; they renew themselves where that is possible.</summary>
    public required AWSCredentials Credentials { get; init; }

    /// <summary>What their profile says of endpoints; null where it says nothing.</summary>
    public EndpointSettings? Endpoints { get; init; }

    /// <summary>Where the credentials came from and how long they last.</summary>
    public required CredentialDescription CredentialDescription { get; init; }

    /// <summary>The credentials, with the roles on the way.</summary>
    internal ResolvedCredentials? Resolved { get; init; }

    /// <summary>True for the account of an organization that the connection's own credentials belong to.</summary>
    internal bool IsHub { get; init; }
}
