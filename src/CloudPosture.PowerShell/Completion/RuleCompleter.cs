using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of the module's rules.</summary>
public sealed class RuleCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleLibrary.Shipped.Rules.Rules.Select(rule => (rule.Id, rule.Title));
}
