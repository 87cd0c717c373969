using System.Collections.Generic;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>A benchmark whose requirements another takes over.</summary>
public sealed record BenchmarkBase
{
    /// <summary>The other benchmark.</summary>
    public required string Id { get; init; }

    /// <summary>The highest level taken; null for all.</summary>
    public int? Level { get; init; }

    /// <summary>The ids of the requirements that are taken, with <c>*</c> and <c>?</c> as wildcards; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The ids of the requirements that are left out, with <c>*</c> and <c>?</c> as wildcards.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>What is put before each id, so that the numbers of two standards do not meet; empty for nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where it stands in its file.</summary>
    internal long Line { get; init; } = 1;
}
