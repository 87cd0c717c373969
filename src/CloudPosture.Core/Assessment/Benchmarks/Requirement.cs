using System.Collections.Generic;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>One requirement of a benchmark.</summary>
public sealed record Requirement
{
    /// <summary>Its number within the benchmark (<c>2.4</c>).</summary>
    public required string Id { get; init; }

    /// <summary>What it asks, in our words.</summary>
    public required string Title { get; init; }

    /// <summary>The part of the standard it stands in; null where there is none.</summary>
    public string? Section { get; init; }

    /// <summary>Its level, where the benchmark has levels.</summary>
    public int? Level { get; init; }

    /// <summary>Whether the benchmark itself calls it automated; null where it does not say.</summary>
    public bool? IsAutomated { get; init; }

    /// <summary>The ids of the rules that answer it; empty where a person must look.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>What a person should look at: everything where there are no rules, else what they cannot see; null where they answer it all.</summary>
    public string? Manual { get; init; }
}
