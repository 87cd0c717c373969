using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Lake;

/// <summary>What of a lake is looked at: one harvest alone, or what was known at a time.</summary>
public sealed record LakeMoment
{
    private LakeMoment(string? harvestId, DateTimeOffset? asOf) => (HarvestId, AsOf) = (harvestId, asOf);

    /// <summary>What is known now.</summary>
    public static LakeMoment Now { get; } = new(null, null);

    /// <summary>The harvest; null where a time is meant.</summary>
    public string? HarvestId { get; }

    /// <summary>The time, in UTC; null for now.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>One harvest alone.</summary>
    /// <param name="harvestId">Its id.</param>
    public static LakeMoment Of(string harvestId) => new(harvestId, null);

    /// <summary>What was known at a time.</summary>
    /// <param name="time">The time, in UTC.</param>
    public static LakeMoment At(DateTimeOffset time) => new(null, time);

    /// <summary>The findings of this moment.</summary>
    /// <param name="query">Which of them.</param>
    internal FindingQuery Of(FindingQuery query) => query with { HarvestId = HarvestId, AsOf = AsOf };
}
