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

    /// <summary>Rules alone, which answer no benchmark.</summary>
    /// <param name="rules">The rules.</param>
    public static RuleLibrary OfRules(RuleSet rules) => new(rules, []);

    /// <summary>Reads the rules and benchmarks that ship, and the rules of users.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="ruleFolders">The folders of users' rules.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static RuleLibrary LoadShipped(ContentSet content, IReadOnlyList<string> ruleFolders)
    {
        var rules = RuleSet.LoadShipped(content, ruleFolders);
        return new(rules, BenchmarkSet.LoadShipped(content, rules).Benchmarks);
    }

    /// <summary>Reads rules and benchmarks.</summary>
    /// <param name="content">What can be harvested.</param>
    /// <param name="ruleFolders">The folders of rules.</param>
    /// <param name="benchmarkFolder">The folder of benchmarks; null for none.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static RuleLibrary Load(ContentSet content, IEnumerable<string> ruleFolders, string? benchmarkFolder)
    {
        var rules = RuleSet.Load(content, ruleFolders);
        return new(rules, benchmarkFolder is null ? [] : BenchmarkSet.Load(rules, benchmarkFolder).Benchmarks);
    }

    /// <summary>The requirements that a rule answers.</summary>
    public IEnumerable<(Benchmark Benchmark, Requirement Requirement)> RequirementsOf(string ruleId) => _requirements[ruleId];
}
