using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes requirements with their benchmarks, and benchmarks with a wildcard for all of theirs.</summary>
public sealed class RequirementCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        from benchmark in ModuleLibrary.Shipped.Benchmarks
        from entry in benchmark.Requirements.Where(requirement => requirement.Rules.Count > 0).Select(requirement => (requirement.Id, requirement.Title)).Prepend(("*", benchmark.Title))
        select ($"{benchmark.Id}/{entry.Item1}", entry.Item2);
}
