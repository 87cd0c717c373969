using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;

namespace CloudPosture.PowerShell.Filtering;

/// <summary>AWS's own detectors, as parameters name them.</summary>
internal static class FindingProviders
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [.. ModuleFolder.Catalog.Providers.Select(provider => provider.Provider!)];

    /// <summary>Those that are meant.</summary>
    /// <exception cref="Errors.UnknownNameException">There is none of a name.</exception>
    public static IReadOnlyList<string> Select(string[] wanted)
    {
        var filter = new NameFilter(wanted).RefuseUnknown("Provider", Names, "Tab completes the detectors whose findings can be read.");
        return [.. Names.Where(filter.Admits)];
    }

    /// <summary>The entries of the catalog that read the findings of those that are meant.</summary>
    public static IReadOnlyList<ServiceEntry> Entries(string[] wanted)
    {
        var names = Select(wanted);
        return [.. ModuleFolder.Catalog.Providers.Where(provider => names.Contains(provider.Provider!))];
    }
}
