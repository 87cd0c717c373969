using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Catalog;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the resource types of the catalog.</summary>
public sealed class ResourceTypeCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        ServiceCatalog.Default.Services.SelectMany(service => service.Resources.Select(resource => (resource.Type, service.Title))).Distinct();
}
