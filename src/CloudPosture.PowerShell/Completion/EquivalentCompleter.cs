using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the names that other tools give the checks of the module's rules.</summary>
public sealed class EquivalentCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        from rule in ModuleLibrary.Shipped.Rules.Rules
        from tool in rule.Equivalents
        from check in tool.Value
        group rule.Id by (tool.Key, check) into same
        select (same.Key.check, $"{same.Key.Key}: {string.Join(", ", same)}");
}
