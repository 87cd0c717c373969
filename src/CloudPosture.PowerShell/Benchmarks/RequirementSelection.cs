using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Benchmarks;

/// <summary>The requirements that -Benchmark and -Requirement mean.</summary>
internal sealed class RequirementSelection
{
    private readonly RuleLibrary _library;
    private readonly HashSet<string>? _wanted;
    private readonly Dictionary<string, string?> _texts = new(StringComparer.OrdinalIgnoreCase);

    private RequirementSelection(RuleLibrary library, IReadOnlyList<(Benchmark Benchmark, Requirement Requirement)>? wanted)
    {
        _library = library;
        _wanted = wanted is null ? null : [.. wanted.Select(one => FullId(one.Benchmark, one.Requirement))];
        RuleIds = wanted is null ? null
            : new HashSet<string>(wanted.SelectMany(one => one.Requirement.Rules.Append(FullId(one.Benchmark, one.Requirement))), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The rules that answer them, and the numbers under which those that a person must look at have findings; null where all findings are meant.</summary>
    public HashSet<string>? RuleIds { get; }

    /// <summary>Selects.</summary>
    /// <param name="library">The benchmarks.</param>
    /// <param name="benchmarks">Those that are meant.</param>
    /// <param name="requirements">Their requirements, by number, or by benchmark and number.</param>
    /// <exception cref="UnknownNameException">There is no such benchmark or requirement.</exception>
    public static RequirementSelection Of(RuleLibrary library, NameFilter benchmarks, NameFilter requirements) =>
        new(library, benchmarks.AdmitsAll && requirements.AdmitsAll ? null : [.. Select(library, benchmarks, requirements)]);

    /// <summary>The requirements one by one.</summary>
    public static IReadOnlyList<(Benchmark Benchmark, Requirement Requirement)> Select(RuleLibrary library, NameFilter benchmarks, NameFilter requirements)
    {
        var known = (
            from benchmark in library.SelectBenchmarks(benchmarks.AdmitsAll ? BenchmarksIn(library, requirements) : benchmarks)
            from requirement in benchmark.Requirements
            select (Benchmark: benchmark, Requirement: requirement)).ToList();
        RefuseUnknown(known, benchmarks, requirements);
        return requirements.AdmitsAll ? known
            : [.. known.Where(one => requirements.AdmitsAny(benchmarks.AdmitsAll ? "" : one.Requirement.Id, FullId(one.Benchmark, one.Requirement)))];
    }

    /// <summary>The requirements that a rule answers, of those that are meant, as people name them; null where it answers none.</summary>
    public string? TextOf(string ruleId)
    {
        if (!_texts.TryGetValue(ruleId, out var text))
        {
            var meant = _library.RequirementsOf(ruleId).Where(one => _wanted?.Contains(FullId(one.Benchmark, one.Requirement)) != false);
            _texts[ruleId] = text = RequirementText.Of(meant) is { Length: > 0 } some ? some : null;
        }

        return text;
    }

    /// <summary>The requirement's name among those of all benchmarks, under which one that a person must look at has findings.</summary>
    public static string FullId(Benchmark benchmark, Requirement requirement) => $"{benchmark.Id}/{requirement.Id}";

    // cis-aws-foundations-7.0.0/2.1.4 names one that need alone be read.
    private static NameFilter BenchmarksIn(RuleLibrary library, NameFilter requirements)
    {
        var named = requirements.ExactNames.Select(name => name.Split('/')[0]).ToList();
        return requirements.Exactly is not null && named.All(name => library.Benchmarks.Find(name) is not null) ? NameFilter.OfExactly(named) : new NameFilter(null);
    }

    private static void RefuseUnknown(IReadOnlyList<(Benchmark Benchmark, Requirement Requirement)> known, NameFilter benchmarks, NameFilter requirements)
    {
        var full = new HashSet<string>(known.Select(one => FullId(one.Benchmark, one.Requirement)), StringComparer.OrdinalIgnoreCase);
        var ids = new HashSet<string>(known.Select(one => one.Requirement.Id), StringComparer.OrdinalIgnoreCase);
        foreach (var name in requirements.ExactNames.Where(name => !full.Contains(name) && (benchmarks.AdmitsAll || !ids.Contains(name))))
        {
            throw benchmarks.AdmitsAll && ids.Contains(name)
                ? new UnknownNameException("BenchmarkNeeded", name, $"Several standards have a requirement '{name}'. Name the one that is meant with -Benchmark, or put it before the number, as in {full.First(id => id.EndsWith("/" + name, StringComparison.OrdinalIgnoreCase))}.")
                : UnknownNameException.Among("Requirement", name, benchmarks.AdmitsAll ? full : ids, "Get-PostureBenchmark -Detail lists the requirements.");
        }
    }
}
