using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Catalog;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Filtering;

/// <summary>Refuses names that do not exist, so that a typing error is an error and not an empty result.</summary>
internal static class KnownNames
{
    public const string Global = "global";

    public static IEnumerable<string> Regions =>
        Partition.All.SelectMany(partition => partition.Regions.Concat(partition.OptInRegions));

    public static NameFilter RefuseUnknownServices(this NameFilter services) =>
        services.RefuseUnknown("Service", ServiceCatalog.Default.Names, "Tab completes the services of the catalog.");

    /// <summary>Regions newer than this module are taken by their form.</summary>
    public static NameFilter RefuseUnknownRegions(this NameFilter regions)
    {
        foreach (var region in regions.ExactNames.Where(region =>
            !region.Equals(Global, StringComparison.OrdinalIgnoreCase) && Partition.Find(region.ToLowerInvariant()) is null))
        {
            throw UnknownNameException.Among("Region", region, Regions, "Regions are named like eu-central-1; global stands for what belongs to none.");
        }

        return regions;
    }

    public static NameFilter RefuseUnknown(this NameFilter names, string kind, IReadOnlyCollection<string> known, string hint)
    {
        foreach (var name in names.ExactNames.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            throw UnknownNameException.Among(kind, name, known, hint);
        }

        return names;
    }
}
