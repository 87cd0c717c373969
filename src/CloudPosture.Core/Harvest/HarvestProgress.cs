using System;

namespace CloudPosture.Harvest;

/// <summary>How a harvest goes.</summary>
public sealed record HarvestProgress
{
    /// <summary>The account that last did something.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its service.</summary>
    public required string Service { get; init; }

    /// <summary>Accounts that are done.</summary>
    public int AccountsDone { get; init; }

    /// <summary>All accounts.</summary>
    public int Accounts { get; init; }

    /// <summary>Services of all accounts that are done.</summary>
    public int ServicesDone { get; init; }

    /// <summary>Services of all accounts.</summary>
    public int Services { get; init; }

    /// <summary>Requests sent.</summary>
    public long Calls { get; init; }

    /// <summary>Answers that said "slow down".</summary>
    public long Throttled { get; init; }

    /// <summary>Resources read.</summary>
    public long Resources { get; init; }

    /// <summary>Requests a second since the start.</summary>
    public double CallsPerSecond { get; init; }

    /// <summary>Why the account stands still for a while (<c>waits 60 s, as AWS asks after …</c>); null while it does not.</summary>
    public string? Wait { get; init; }

    /// <summary>The time left, from what is done so far; null before anything is.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>How many resources <see cref="Service"/> has in the account, where it was just read to its end; null while it was not.</summary>
    public long? Finished { get; init; }
}
