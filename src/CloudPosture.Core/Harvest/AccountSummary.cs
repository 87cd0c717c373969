using System;

namespace CloudPosture.Harvest;

/// <summary>How harvesting one account went. Flat, so that Export-Csv and Format-Table work as they are.</summary>
public sealed record AccountSummary
{
    /// <summary>The harvest.</summary>
    public required string HarvestId { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The connection it was read through.</summary>
    public required string Connection { get; init; }

    /// <summary>How far it came.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>Why it is not complete; null where it is.</summary>
    public string? Failure { get; init; }

    /// <summary>Services of the account that this harvest has read to their end.</summary>
    public int Services { get; init; }

    /// <summary>Services that were left out because they are fresh enough.</summary>
    public int Fresh { get; init; }

    /// <summary>Resources read.</summary>
    public long Resources { get; init; }

    /// <summary>Different things that could not be read.</summary>
    public long Gaps { get; init; }

    /// <summary>Requests sent, repetitions included.</summary>
    public long Calls { get; init; }

    /// <summary>Answers that said "slow down".</summary>
    public long Throttled { get; init; }

    /// <summary>Requests that repeated a failed one.</summary>
    public long Retried { get; init; }

    /// <summary>Answers that refused for lack of a permission.</summary>
    public long Denied { get; init; }

    /// <summary>Bytes received.</summary>
    public long Bytes { get; init; }

    /// <summary>How long its services took together.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The three slowest services and their seconds (<c>iam 12.3, ec2 8.0, s3 2.1</c>).</summary>
    public string SlowestServices { get; init; } = "";
}
