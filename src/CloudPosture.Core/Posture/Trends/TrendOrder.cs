using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Posture.Trends;

/// <summary>Which counts are wanted. A null member asks for all.</summary>
public sealed record TrendOrder
{
    /// <summary>The first day, from its beginning in UTC; null for the lake's first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>By what the counts of a day are told apart.</summary>
    public TrendGroup By { get; init; }

    /// <summary>Accounts, 12 digits each.</summary>
    public IReadOnlyCollection<string>? AccountIds { get; init; }

    /// <summary>Severities.</summary>
    public IReadOnlyCollection<Severity>? Severities { get; init; }

    /// <summary>Benchmarks whose rules count, by id.</summary>
    public IReadOnlyCollection<string>? BenchmarkIds { get; init; }
}
