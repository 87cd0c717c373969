using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>A service of an account that was read, and where the lake keeps it.</summary>
public sealed record ServiceCommit
{
    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The catalog's name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>When reading began, in UTC.</summary>
    public required DateTimeOffset HarvestedAt { get; init; }

    /// <summary>How many resources of each type were read.</summary>
    public IReadOnlyDictionary<string, long> Types { get; init; } = new Dictionary<string, long>();

    /// <summary>How many gaps were recorded.</summary>
    public long GapCount { get; init; }

    /// <summary>
    /// The lists that could not be read, or not with their items, because AWS or the way to it failed. In their place an earlier
    /// harvest's stay the latest.
    /// </summary>
    public IReadOnlyList<UnreadList> Unread { get; init; } = [];

    /// <summary>True where the service was not read to its end: resuming the harvest reads it again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOpen { get; init; }

    /// <summary>True where another reading may fill gaps, if only of single resources: such a service is never fresh enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasPassingGaps { get; init; }

    /// <summary>What reading took.</summary>
    public ServiceStatistics Statistics { get; init; } = new();

    /// <summary>Where the resources are; null where there is none.</summary>
    public Segment? Resources { get; init; }

    /// <summary>Where the gaps are; null where there is none.</summary>
    public Segment? Gaps { get; init; }
}
