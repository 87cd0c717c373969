using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of benchmarks: the module's and those of one's own.</summary>
public sealed class BenchmarkCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleLibrary.Benchmarks(boundParameters).Select(benchmark => (benchmark.Id, benchmark.Title));
}
