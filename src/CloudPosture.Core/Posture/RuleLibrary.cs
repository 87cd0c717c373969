using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.Content;

namespace CloudPosture.Posture;

/// <summary>The rules that an assessment applies, those that ship and those a person adds, and the benchmarks they answer.</summary>
public sealed class RuleLibrary
{
    private readonly ILookup<string, (Benchmark Benchmark, Requirement Requirement)> _requirements;

    private RuleLibrary(RuleSet rules, IReadOnlyList<Benchmark> benchmarks)
    {
        Rules = rules;
        Benchmarks = benchmarks;
        _requirements = (
            from benchmark in benchmarks
            from requirement in benchmark.Requirements
            from rule in requirement.Rules
            select (rule, benchmark, requirement))
            .ToLookup(entry => entry.rule, entry => (entry.benchmark, entry.requirement), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>All rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>All benchmarks, sorted by id.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; }

    /// <summary>Reads the rules that ship with a module and those of users, and benchmarks.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="ruleFolders">The folders of users' rules.</param>
    /// <param name="benchmarkFolder">The folder of benchmarks; null for none.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static RuleLibrary LoadShipped(ContentSet content, IReadOnlyList<string> ruleFolders, string? benchmarkFolder) =>
        Of(RuleSet.LoadShipped(content, ruleFolders), benchmarkFolder);

    /// <summary>Reads rules and benchmarks.</summary>
    /// <param name="content">What can be harvested.</param>
    /// <param name="ruleFolders">The folders of rules.</param>
    /// <param name="benchmarkFolder">The folder of benchmarks; null for none.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static RuleLibrary Load(ContentSet content, IEnumerable<string> ruleFolders, string? benchmarkFolder) =>
        Of(RuleSet.Load(content, ruleFolders), benchmarkFolder);

    private static RuleLibrary Of(RuleSet rules, string? benchmarkFolder) =>
        new(rules, benchmarkFolder is null ? [] : BenchmarkSet.Load(rules, benchmarkFolder).Benchmarks);

    /// <summary>The requirements that a rule answers.</summary>
    public IEnumerable<(Benchmark Benchmark, Requirement Requirement)> RequirementsOf(string ruleId) => _requirements[ruleId];
}
