using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Posture.Benchmarks;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>A benchmark with how many of its requirements the findings meet: in all accounts, or in one of the places that -By tells apart.</summary>
public sealed record PostureBenchmark : IPlaced
{
    /// <summary>Its id (<c>cis-aws-foundations-7.0.0</c>).</summary>
    public required string BenchmarkId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The account's name, the unit's path, the Region or the organization's id; empty for all accounts together.</summary>
    public required string Group { get; init; }

    /// <summary>The account, 12 digits, where it is counted by account; else null.</summary>
    public required string? AccountId { get; init; }

    /// <summary>The Region where it is counted by Region; else null.</summary>
    public required string? Region { get; init; }

    /// <summary>How many of a hundred requirements that rules answer are met, with one decimal; one that could not be assessed counts as not met. Null where none is answered.</summary>
    public required double? Score { get; init; }

    /// <summary>The same of those alone that could be assessed.</summary>
    public required double? ScoreOfAssessed { get; init; }

    /// <summary>How many requirements it has.</summary>
    public required int Requirements { get; init; }

    /// <summary>How many requirements are met.</summary>
    public required int Passed { get; init; }

    /// <summary>How many requirements are not met.</summary>
    public required int Failed { get; init; }

    /// <summary>How many requirements are not met, all of which is accepted.</summary>
    public required int Excepted { get; init; }

    /// <summary>How many requirements could not be assessed.</summary>
    public required int NotAssessed { get; init; }

    /// <summary>How many requirements a person must look at.</summary>
    public required int Manual { get; init; }

    /// <summary>How many requirements no finding answers.</summary>
    public required int NoFinding { get; init; }

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }

    IReadOnlyList<string>? IPlaced.Accounts => Accounts;

    internal IReadOnlyList<string>? Accounts { get; init; }

    internal static PostureBenchmark From(Benchmark benchmark, BenchmarkPlace place, IReadOnlyList<RequirementStatus> statuses)
    {
        int Count(RequirementStatus status) => statuses.Count(one => one == status);
        var (passed, failed, notAssessed) = (Count(RequirementStatus.Pass), Count(RequirementStatus.Fail), Count(RequirementStatus.NotAssessed));
        return new PostureBenchmark
        {
            BenchmarkId = benchmark.Id,
            Title = benchmark.Title,
            Version = benchmark.Version,
            Group = place.Name,
            AccountId = place.AccountId,
            Region = place.Region,
            Score = Percent(passed, passed + failed + notAssessed),
            ScoreOfAssessed = Percent(passed, passed + failed),
            Requirements = statuses.Count,
            Passed = passed,
            Failed = failed,
            Excepted = Count(RequirementStatus.Excepted),
            NotAssessed = notAssessed,
            Manual = Count(RequirementStatus.Manual),
            NoFinding = Count(RequirementStatus.NoFinding),
            File = benchmark.File,
            Accounts = place.AccountIds,
        };
    }

    // Rounded down: one that is open must not look like none.
    private static double? Percent(int part, int whole) => whole == 0 ? null : Math.Floor(part * 1000.0 / whole) / 10;
}
