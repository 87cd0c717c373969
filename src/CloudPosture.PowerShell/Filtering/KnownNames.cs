using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Filtering;

/// <summary>Refuses names that do not exist, so that a typing error is an error and not an empty result.</summary>
internal static class KnownNames
{
    public const string Global = "global";
    private static readonly Regex Direction = new("-((north|south)(east|west)?|east|west|central)-[0-9]+$", RegexOptions.CultureInvariant);

    public static IEnumerable<string> Regions =>
        Partition.All.SelectMany(partition => partition.Regions.Concat(partition.OptInRegions));

    /// <summary>The services whose configuration can be read, those that read findings of AWS's own detectors, and those that read events.</summary>
    public static IReadOnlyList<string> AllServices => [.. ModuleFolder.Catalog.Names, .. ModuleFolder.Catalog.Providers.Select(provider => provider.Name), .. ModuleFolder.Catalog.EventNames];

    public static NameFilter RefuseUnknownServices(this NameFilter services) =>
        services.RefuseUnknown("Service", AllServices, "Tab completes the services of the catalog.");

    /// <summary>Types of the catalog, and the place of findings about an account as a whole.</summary>
    public static NameFilter RefuseUnknownTypes(this NameFilter types) =>
        types.RefuseUnknown("ResourceType", [.. ModuleFolder.Catalog.All.SelectMany(service => service.Resources).Select(resource => resource.Type), PlaceTypes.Account], "Tab completes the types of the catalog.");

    /// <summary>Regions newer than this module are taken by their form, which holds a direction: eu-wst-1 is a typing error, and asking AWS there fails as if by wrong credentials.</summary>
    public static NameFilter RefuseUnknownRegions(this NameFilter regions)
    {
        foreach (var region in regions.ExactNames.Where(region =>
            !region.Equals(Global, StringComparison.OrdinalIgnoreCase) && !IsRegion(region.ToLowerInvariant())))
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

    /// <summary>Accounts that the lake holds anything of, by id or name.</summary>
    public static NameFilter RefuseUnknownAccounts(this NameFilter accounts, PostureLake lake)
    {
        var names = accounts.ExactNames.Where(name => !AccountIds.IsValid(name) || lake.LatestAccount(name) is null).ToList();
        if (names.Count > 0)
        {
            var known = lake.LatestAccounts().SelectMany(account => new[] { account.AccountId, account.AccountName });
            NameFilter.OfExactly(names)
                .RefuseUnknown("Account", [.. known], $"The lake '{lake.Path}' holds nothing of it; Tab completes the accounts it knows.");
        }

        return accounts;
    }

    /// <summary>Refuses resources that neither the lake nor any finding knows by id, name or ARN. This reads all of both: it is for a question that got no answer.</summary>
    public static void RefuseUnknownResources(this NameFilter resources, PostureLake lake)
    {
        foreach (var name in resources.ExactNames.Where(name =>
            !lake.ReadResources(new ResourceQuery { Ids = [name] }).Any() && !lake.ReadFindings(new FindingQuery { Resources = [name] }).Any()))
        {
            throw new UnknownNameException("ResourceNotFound", name, $"There is no resource '{name}' in the lake '{lake.Path}', by id, name or ARN. A name in another case, or a part of one, is found with wildcards.");
        }
    }

    /// <summary>The service that harvests a type; null where none does.</summary>
    public static string? ServiceOfType(string type) => ModuleFolder.Catalog.All.FirstOrDefault(service => service.Resources.Any(resource => resource.Type == type))?.Name;

    private static bool IsRegion(string name) => Regions.Contains(name) || (Partition.Find(name) is not null && Direction.IsMatch(name));
}
