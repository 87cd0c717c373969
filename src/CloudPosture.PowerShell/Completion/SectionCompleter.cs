using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the sections of the benchmarks that the line names.</summary>
public sealed class SectionCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override bool IsSorted => true;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters)
    {
        var benchmarks = RequirementCompleter.Named(boundParameters) ?? new NameFilter(null);
        return ModuleLibrary.Benchmarks(boundParameters)
            .Where(benchmark => benchmarks.Admits(benchmark.Id))
            .SelectMany(benchmark => benchmark.Requirements)
            .GroupBy(requirement => requirement.Section)
            .Where(section => section.Key is not null)
            .Select(section => (section.Key!, $"{section.Count()} requirements"));
    }
}
