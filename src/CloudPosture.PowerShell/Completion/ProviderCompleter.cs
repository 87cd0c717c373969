using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the names of AWS's own detectors.</summary>
public sealed class ProviderCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleFolder.Catalog.Providers.Select(provider => (provider.Provider!, provider.Title));
}
