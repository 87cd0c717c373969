using System;
using System.Collections.Generic;
using CloudPosture.Findings;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Gates;

/// <summary>What a gate lets through.</summary>
public sealed record GateOrder
{
    /// <summary>Which findings it judges; statuses are its own.</summary>
    public FindingQuery Query { get; init; } = new();

    /// <summary>Which of these are meant; null for all.</summary>
    public Func<Finding, bool>? Admits { get; init; }

    /// <summary>The catalog's names of the entries that read events: what they find in a day is no matter of a gate.</summary>
    public IReadOnlyCollection<string> Events { get; init; } = [];

    /// <summary>How many failures it lets through.</summary>
    public int MaxFail { get; init; }

    /// <summary>How old a reading may be; null for any age.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Whether only failures break it that are new or regressed.</summary>
    public bool IsNewOnly { get; init; }

    /// <summary>The time that new is told from, in UTC; null for the assessment before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Failures that are let through; null for none.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether single findings that could not be assessed are let through, and accounts that were not read to their end.</summary>
    public bool AllowsNotAssessed { get; init; }

    /// <summary>Whether accounts of which nothing was assessed are let through, as long as another was.</summary>
    public bool AllowsUnreadAccounts { get; init; }
}
