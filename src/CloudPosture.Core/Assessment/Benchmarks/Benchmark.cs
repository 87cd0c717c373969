using System.Collections.Generic;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>A published benchmark: requirements, and the rules that answer them.</summary>
public sealed record Benchmark
{
    /// <summary>Its name, unique among all (<c>cis-aws-7.0.0</c>).</summary>
    public required string Id { get; init; }

    /// <summary>What tables and files of findings call it (<c>CIS 7.0</c>); null where its id is all there is.</summary>
    public string? ShortName { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Where it is published; null where the file does not say.</summary>
    public string? Source { get; init; }

    /// <summary>Its requirements, in its order. Those of a benchmark that ships are read when they are first looked at.</summary>
    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>True where each requirement that a person must look at becomes a finding of its own; else the benchmark alone tells it.</summary>
    public bool HasManualFindings { get; init; }

    /// <summary>True where titles are the standard's own words, which are in the public domain; else they are ours.</summary>
    public bool IsPublicDomain { get; init; }

    /// <summary>The benchmarks whose requirements it takes over; <see cref="Requirements"/> holds them too once it is loaded.</summary>
    public IReadOnlyList<BenchmarkBase> BasedOn { get; init; } = [];

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }

    /// <summary>Where it begins in its file.</summary>
    internal long Line { get; init; } = 1;

    /// <summary>The short name, or the id where there is none.</summary>
    internal string Label => ShortName ?? Id;
}
