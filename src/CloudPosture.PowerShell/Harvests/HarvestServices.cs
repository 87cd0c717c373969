using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>What a harvest was told to read.</summary>
internal static class HarvestServices
{
    /// <summary>The services to read; a pattern means those whose configuration is read, for findings of detectors are read only where they are named, and events where they are asked for.</summary>
    /// <param name="named">What -Service names.</param>
    /// <param name="isOfEvents">Whether events are to be read.</param>
    /// <param name="isNarrowed">Whether services are left out, or findings of detectors are to be read too.</param>
    /// <returns>Null for those that the connections ask for.</returns>
    public static IReadOnlyCollection<string>? Wanted(string[]? named, bool isOfEvents, bool isNarrowed)
    {
        if (isOfEvents && (named is not null || isNarrowed))
        {
            throw new ArgumentException("-IncludeEvents reads events in a harvest of their own. Leave -Service, -ExcludeService and -IncludeProviderFinding out, and harvest the rest by another call.");
        }

        var wanted = new NameFilter(named).RefuseUnknownServices();
        bool IsNamed(string name) => wanted.ExactNames.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (ModuleFolder.Catalog.EventNames.FirstOrDefault(IsNamed) is { } events)
        {
            throw new ArgumentException($"'{events}' tells what people and programs did, and is read by -IncludeEvents alone, in a harvest of its own. Leave it out of -Service.");
        }

        return wanted.Among(ModuleFolder.Catalog.Names) is { } services ? [.. services, .. KnownNames.AllServices.Except(services).Where(IsNamed)] : null;
    }

    /// <summary>Refuses what -Resume cannot change.</summary>
    /// <param name="isOfEvents">Whether events are to be read.</param>
    /// <param name="isNarrowed">Whether services or Regions were named.</param>
    public static void RefuseWithResume(bool isOfEvents, bool isNarrowed)
    {
        if (isNarrowed)
        {
            throw new ArgumentException("-Resume goes on with the services and Regions that the harvest set out to read. Leave -Service, -ExcludeService, -Region and -IncludeProviderFinding out, or begin a new harvest without -Resume.");
        }

        if (isOfEvents)
        {
            throw new ArgumentException("-Resume goes on with what the harvest set out to read, be it events or not. Leave -IncludeEvents out, or begin a new harvest without -Resume.");
        }
    }
}
