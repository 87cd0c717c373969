using System;
using System.Collections.Generic;
using Amazon.Runtime;
using CloudPosture.Aws.Credentials;
using CloudPosture.Aws.Endpoints;

namespace CloudPosture.Harvest.Accounts;

/// <summary>A way into one account: what a connection leads to, and a harvest reads.</summary>
public sealed record AccountTarget
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public string AccountName { get => field ?? AccountId; init; }

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The connection that reaches it.</summary>
    public required string Connection { get; init; }

    /// <summary>The connection's namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The organizational units above the account, from the root (<c>Root/Production</c>); null where that is not known.</summary>
    public string? UnitPath { get; init; }

    /// <summary>The Regions to read; empty for all that the account has enabled.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The services to read; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>What signs the calls; it renews itself if it can.</summary>
    public required AWSCredentials Credentials { get; init; }

    /// <summary>What the profile behind them says of endpoints; null where it says nothing.</summary>
    public EndpointSettings? Endpoints { get; init; }

    /// <summary>Where the credentials came from and how long they last; null where that is not told.</summary>
    public CredentialDescription? CredentialDescription { get; init; }

    /// <summary>Whether the account manages an organization; null where only AWS can tell.</summary>
    public bool? IsManagementAccount { get; init; }

    /// <summary>Why the account cannot be entered, where that is known before anything is asked: it is recorded as an account that could not be read. Null reads it.</summary>
    public Exception? Closed { get; init; }

    /// <summary>The ARN of the user, role or session that the calls come from; null where that is not known.</summary>
    internal string? Caller { get; init; }

    /// <summary>The credentials, with the roles on the way.</summary>
    internal ResolvedCredentials? Resolved { get; init; }

    /// <summary>True for the account of an organization that the connection's own credentials belong to.</summary>
    internal bool IsHub { get; init; }
}
