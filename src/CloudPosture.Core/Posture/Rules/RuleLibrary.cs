using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;

namespace CloudPosture.Posture.Rules;

/// <summary>The rules that an assessment applies, those that ship and those a person adds, and the benchmarks they answer. Each is read when it is first asked for.</summary>
public sealed class RuleLibrary
{
    private readonly ContentSet? _content;
    private readonly Lazy<RuleSet> _rules;
    private readonly Lazy<BenchmarkSet> _benchmarks;
    private readonly Lazy<ILookup<string, (Benchmark Benchmark, Requirement Requirement)>> _requirements;

    private RuleLibrary(ContentSet? content, Lazy<RuleSet> rules, Func<Func<RuleSet>, BenchmarkSet> benchmarks)
    {
        _content = content;
        _rules = rules;
        _benchmarks = new(() => benchmarks(() => rules.Value));
        _requirements = new(() => (
            from benchmark in Benchmarks
            from requirement in benchmark.Requirements
            from rule in requirement.Rules
            select (rule, benchmark, requirement))
            .ToLookup(entry => entry.rule, entry => (entry.benchmark, entry.requirement), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>All rules.</summary>
    public RuleSet Rules => _rules.Value;

    /// <summary>The catalog's names of the entries that read events. Reading them parses no rule where the content is known.</summary>
    internal IReadOnlyList<string> EventNames => _content?.Catalog.EventNames ?? Rules.Catalog.EventNames;

    /// <summary>All benchmarks, sorted by id.</summary>
    public BenchmarkSet Benchmarks => _benchmarks.Value;

    /// <summary>Rules alone, which answer no benchmark.</summary>
    /// <param name="rules">The rules.</param>
    public static RuleLibrary OfRules(RuleSet rules) => new(null, new(() => rules), _ => BenchmarkSet.Empty);

    /// <summary>The rules and benchmarks that ship with a module, and those of users.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="ruleFolders">The folders of users' rules.</param>
    /// <param name="frameworkFolders">The folders of users' benchmarks.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder; it is thrown when they are asked for.</exception>
    /// <exception cref="ContentException">A file is invalid; it is thrown when they are asked for.</exception>
    public static RuleLibrary LoadShipped(ContentSet content, IReadOnlyList<string> ruleFolders, params IReadOnlyList<string> frameworkFolders) =>
        new(content, new(() => RuleSet.LoadShipped(content, ruleFolders)), rules => BenchmarkSet.LoadShipped(content, rules, frameworkFolders));

    /// <summary>Reads rules and benchmarks.</summary>
    /// <param name="content">What can be harvested.</param>
    /// <param name="ruleFolders">The folders of rules.</param>
    /// <param name="benchmarkFolder">The folder of benchmarks; null for none.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static RuleLibrary Load(ContentSet content, IEnumerable<string> ruleFolders, string? benchmarkFolder)
    {
        var rules = RuleSet.Load(content, ruleFolders);
        var benchmarks = benchmarkFolder is null ? BenchmarkSet.Empty : BenchmarkSet.Load(rules, benchmarkFolder);
        return new RuleLibrary(null, new(() => rules), _ => benchmarks);
    }

    /// <summary>The same rules, and the benchmarks that ship with others of users.</summary>
    /// <param name="frameworkFolders">The folders of users' benchmarks.</param>
    public RuleLibrary WithFrameworks(IReadOnlyList<string> frameworkFolders) =>
        frameworkFolders.Count == 0 || _content is not { } content ? this : new(content, _rules, rules => BenchmarkSet.LoadShipped(content, rules, frameworkFolders));

    /// <summary>The requirements that a rule answers; of the number of a requirement that a person must look at (<c>cis-aws-foundations-7.0.0/2.4</c>) that one.</summary>
    public IEnumerable<(Benchmark Benchmark, Requirement Requirement)> RequirementsOf(string ruleId) =>
        ruleId.IndexOf('/') is > 0 and var slash && Benchmarks.Find(ruleId.Substring(0, slash)) is { } benchmark
            ? benchmark.Requirements.Where(requirement => requirement.Rules.Count == 0 && requirement.Id == ruleId.Substring(slash + 1)).Select(requirement => (benchmark, requirement))
            : _requirements.Value[ruleId];
}
