using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Rules;

/// <summary>The rules and benchmarks that come with the module, and those a person adds.</summary>
internal sealed class RuleLibrary
{
    // Read once a process: the module's files do not change under it.
    private static readonly Lazy<RuleLibrary> ShippedLibrary = new(() => new RuleLibrary([]));

    private readonly ILookup<string, (Benchmark Benchmark, Requirement Requirement)> _requirements;

    private RuleLibrary(IReadOnlyList<string> folders)
    {
        Rules = RuleSet.Load([ModuleFolder.Rules, .. folders]);
        Benchmarks = BenchmarkSet.Load(Rules, ModuleFolder.Benchmarks);
        _requirements = (
            from benchmark in Benchmarks.Benchmarks
            from requirement in benchmark.Requirements
            from rule in requirement.Rules
            select (rule, benchmark, requirement))
            .ToLookup(entry => entry.rule, entry => (entry.benchmark, entry.requirement), StringComparer.OrdinalIgnoreCase);
    }

    public static RuleLibrary Shipped => ShippedLibrary.Value;

    public RuleSet Rules { get; }

    public BenchmarkSet Benchmarks { get; }

    /// <summary>The module's library with the rules of further folders.</summary>
    public static RuleLibrary With(IReadOnlyList<string> folders) => folders.Count == 0 ? Shipped : new RuleLibrary(folders);

    /// <summary>The requirements that a rule answers.</summary>
    public IEnumerable<(Benchmark Benchmark, Requirement Requirement)> RequirementsOf(string ruleId) => _requirements[ruleId];

    public IEnumerable<Benchmark> SelectBenchmarks(NameFilter benchmarks)
    {
        benchmarks.RefuseUnknown("Benchmark", [.. Benchmarks.Benchmarks.Select(benchmark => benchmark.Id)], "Get-PostureBenchmark lists the benchmarks.");
        return Benchmarks.Benchmarks.Where(benchmark => benchmarks.Admits(benchmark.Id));
    }

    public IEnumerable<Rule> SelectRules(NameFilter rules)
    {
        rules.RefuseUnknown("Rule", [.. Rules.Rules.Select(rule => rule.Id)], "Get-PostureRule lists the rules.");
        return Rules.Rules.Where(rule => rules.Admits(rule.Id));
    }
}
