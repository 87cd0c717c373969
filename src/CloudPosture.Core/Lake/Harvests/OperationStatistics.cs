namespace CloudPosture.Lake.Harvests;

/// <summary>The calls of one operation.</summary>
public sealed record OperationStatistics
{
    /// <summary>The operation's official name.</summary>
    public required string Operation { get; init; }

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
}
