using System;
using System.Collections.Generic;

namespace CloudPosture.Reporting.Content;

/// <summary>An account that a report tells of.</summary>
public sealed record ReportAccount
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The partition.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The Regions that were read.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The connection it was read through; empty where it is not known.</summary>
    public string Connection { get; init; } = "";

    /// <summary>The newest harvest that read it; empty where it is not known.</summary>
    public string HarvestId { get; init; } = "";

    /// <summary>When it was last read, in UTC; null where it is not known.</summary>
    public DateTimeOffset? HarvestedAt { get; init; }

    /// <summary>True where it manages an organization.</summary>
    public bool IsManagementAccount { get; init; }
}
