using System.Collections.Generic;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>A requirement of a benchmark with what the findings say about it.</summary>
public sealed record PostureRequirement : IPlaced
{
    /// <summary>The benchmark's id (<c>cis-aws-foundations-7.0.0</c>).</summary>
    public required string BenchmarkId { get; init; }

    /// <summary>The requirement's number within the benchmark.</summary>
    public required string RequirementId { get; init; }

    /// <summary>What it asks.</summary>
    public required string Title { get; init; }

    /// <summary>The part of the standard it stands in; empty where there is none.</summary>
    public required string Section { get; init; }

    /// <summary>Its level, where the benchmark has levels.</summary>
    public required int? Level { get; init; }

    /// <summary>The account's name, the unit's path, the Region or the organization's id; empty for all accounts together.</summary>
    public required string Group { get; init; }

    /// <summary>The account, 12 digits, where it is counted by account; else null.</summary>
    public required string? AccountId { get; init; }

    /// <summary>The Region where it is counted by Region; else null.</summary>
    public required string? Region { get; init; }

    /// <summary>The findings' answer.</summary>
    public required RequirementStatus Status { get; init; }

    /// <summary>How many findings pass.</summary>
    public required int Passed { get; init; }

    /// <summary>How many fail.</summary>
    public required int Failed { get; init; }

    /// <summary>How many fail and are accepted.</summary>
    public required int Excepted { get; init; }

    /// <summary>How many could not be assessed.</summary>
    public required int NotAssessed { get; init; }

    /// <summary>The rules that answer it, separated by semicolons; empty where a person must look.</summary>
    public required string Rules { get; init; }

    /// <summary>What a person should look at; empty where rules answer.</summary>
    public required string Manual { get; init; }

    IReadOnlyList<string>? IPlaced.Accounts => Accounts;

    internal IReadOnlyList<string>? Accounts { get; init; }

    internal static PostureRequirement From(RequirementAnswer answer, BenchmarkPlace place) => new()
    {
        BenchmarkId = answer.Benchmark.Id,
        RequirementId = answer.Requirement.Id,
        Title = answer.Requirement.Title,
        Section = answer.Requirement.Section ?? "",
        Level = answer.Requirement.Level,
        Group = place.Name,
        AccountId = place.AccountId,
        Region = place.Region,
        Status = answer.Status,
        Passed = answer.Counts.Passed,
        Failed = answer.Counts.Failed,
        Excepted = answer.Counts.Excepted,
        NotAssessed = answer.Counts.NotAssessed,
        Rules = string.Join("; ", answer.Requirement.Rules),
        Manual = answer.Requirement.Manual ?? "",
        Accounts = place.AccountIds,
    };
}
