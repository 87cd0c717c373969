using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the services of the catalog.</summary>
public sealed class ServiceCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ModuleFolder.Catalog.All.Select(service => (service.Name, service.Title));
}
