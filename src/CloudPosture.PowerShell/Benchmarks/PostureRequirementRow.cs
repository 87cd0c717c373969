using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Posture.Benchmarks;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>A requirement with its answer in each place: a row of the matrix. As an object it has a property for each place, named like it.</summary>
public sealed record PostureRequirementRow : IPlaced
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

    /// <summary>The answer that outweighs the others.</summary>
    public required RequirementStatus Worst { get; init; }

    IReadOnlyList<string>? IPlaced.Accounts => Accounts;

    internal IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>The answers with the names of their places.</summary>
    internal IReadOnlyList<(string Place, RequirementStatus Status)> Answers { get; init; } = [];

    /// <summary>How many characters the longest number of a requirement of the benchmark has.</summary>
    internal int LongestId { get; init; }

    /// <summary>The row as the pipeline sees it.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="requirement">The requirement.</param>
    /// <param name="tallies">The places, each with its findings.</param>
    /// <param name="accounts">The accounts that are looked at; null for all.</param>
    /// <param name="longestId">How many characters the longest number of a requirement has.</param>
    internal static PSObject From(Benchmark benchmark, Requirement requirement, IReadOnlyList<(string Name, FindingTally Tally)> tallies, IReadOnlyList<string>? accounts, int longestId)
    {
        var answers = tallies.Select(one => (one.Name, Status: one.Tally.StatusOf(requirement))).ToList();
        var known = new PostureRequirementRow
        {
            BenchmarkId = benchmark.Id,
            RequirementId = requirement.Id,
            Title = requirement.Title,
            Section = requirement.Section ?? "",
            Level = requirement.Level,
            Worst = answers.Select(answer => answer.Status).DefaultIfEmpty().Max(),
            Answers = answers,
            Accounts = accounts,
            LongestId = longestId,
        };

        // A column that an object is given stands before its own, so that it is given those too.
        var row = PSObject.AsPSObject(known);
        foreach (var (name, value) in Columns(known))
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        foreach (var (name, status) in answers)
        {
            row.Properties.Add(new PSNoteProperty(name, status));
        }

        return row;
    }

    private static IEnumerable<(string Name, object? Value)> Columns(PostureRequirementRow row) =>
    [
        (nameof(BenchmarkId), row.BenchmarkId),
        (nameof(RequirementId), row.RequirementId),
        (nameof(Title), row.Title),
        (nameof(Section), row.Section),
        (nameof(Level), row.Level),
        (nameof(Worst), row.Worst),
    ];
}
