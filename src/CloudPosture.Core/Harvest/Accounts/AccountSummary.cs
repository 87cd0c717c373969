using System;
using CloudPosture.Errors;

namespace CloudPosture.Harvest.Accounts;

/// <summary>How harvesting one account went.</summary>
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

    /// <summary>What to do about it; null where it is complete, or where that says all.</summary>
    public Advice? Advice { get; init; }

    /// <summary>The mistake of this product that ended it, with what was thrown; null where there was none.</summary>
    public OwnMistakeException? Mistake { get; init; }

    /// <summary>Services of the account that this harvest has read to their end.</summary>
    public int Services { get; init; }

    /// <summary>Services that were left out because they are fresh enough.</summary>
    public int Fresh { get; init; }

    /// <summary>Resources that this harvest holds of the account.</summary>
    public long Resources { get; init; }

    /// <summary>Different things that this harvest could not read.</summary>
    public long Gaps { get; init; }

    /// <summary>Requests that this run sent, repetitions included; those of runs that it resumes are not counted again.</summary>
    public long Calls { get; init; }

    /// <summary>Answers of this run that said "slow down".</summary>
    public long Throttled { get; init; }

    /// <summary>Requests of this run that repeated a failed one.</summary>
    public long Retried { get; init; }

    /// <summary>Answers of this run that refused for lack of a permission.</summary>
    public long Denied { get; init; }

    /// <summary>Bytes that this run received.</summary>
    public long Bytes { get; init; }

    /// <summary>From when the first service that this run read was begun to when the last one was read.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The three slowest services of this run and their seconds (<c>iam 12.3, ec2 8.0, s3 2.1</c>).</summary>
    public string SlowestServices { get; init; } = "";
}
