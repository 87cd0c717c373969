using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the words that the module's rules carry.</summary>
public sealed class TagCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleLibrary.Shipped.Rules.Rules.SelectMany(rule => rule.Tags).GroupBy(tag => tag).Select(tag => (tag.Key, $"{tag.Count()} rules"));
}
