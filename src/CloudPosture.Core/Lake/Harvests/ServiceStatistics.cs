using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>What reading a service of one account took.</summary>
public sealed record ServiceStatistics
{
    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The calls by operation.</summary>
    public IReadOnlyList<OperationStatistics> Operations { get; init; } = [];
}
