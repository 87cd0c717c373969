using System;
using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>An account as a harvest found it.</summary>
public sealed record HarvestedAccount
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The connection it was read through.</summary>
    public required string Connection { get; init; }

    /// <summary>The connection's namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The Regions to read, sorted.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Whether the account manages an organization; null where that is not known.</summary>
    public bool? IsManagementAccount { get; init; }

    /// <summary>Those of the harvest's services that were read recently enough, so that this harvest leaves them out.</summary>
    public IReadOnlyList<string> Fresh { get; init; } = [];

    /// <summary>When this was recorded, in UTC; null in lakes of old.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Why the account could not be read to its end; null where it was, or is still being read.</summary>
    public string? Failure { get; init; }
}
