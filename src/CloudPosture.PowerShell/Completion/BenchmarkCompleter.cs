using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of the module's benchmarks.</summary>
public sealed class BenchmarkCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleLibrary.Shipped.Benchmarks.Select(benchmark => (benchmark.Id, benchmark.Title));
}
