using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>
/// Completes requirements: the numbers of those benchmarks that the line names, else requirements with their benchmarks, and
/// benchmarks with a wildcard for all of theirs.
/// </summary>
public sealed class RequirementCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override bool IsSorted => true;

    /// <inheritdoc/>
    private protected override bool OffersPatterns => true;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters)
    {
        var all = ModuleLibrary.Benchmarks(boundParameters);
        return Named(boundParameters) is { } benchmarks
            ? from benchmark in all
              where benchmarks.Admits(benchmark.Id)
              from requirement in benchmark.Requirements
              select (requirement.Id, requirement.Title)
            : from benchmark in all
              from entry in benchmark.Requirements.Where(requirement => requirement.Rules.Count > 0).Select(requirement => (requirement.Id, requirement.Title)).Prepend(("*", benchmark.Title))
              select ($"{benchmark.Id}/{entry.Item1}", entry.Item2);
    }

    /// <summary>The benchmarks that the line names; null where it names none.</summary>
    internal static NameFilter? Named(IDictionary boundParameters) => (boundParameters["Benchmark"] ?? boundParameters["BenchmarkId"]) switch
    {
        string name => new NameFilter([name]),
        object[] names => new NameFilter(names.OfType<string>()),
        _ => null,
    };
}
