using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake.Resources;

/// <summary>Counts what a lake knows.</summary>
public static class ResourceCounts
{
    /// <summary>Counts the resources of each account by type, mostly without reading them.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">One harvest; null for the latest of each account and service.</param>
    /// <returns>The counts, account by account; a type may come more than once.</returns>
    public static IEnumerable<(string AccountId, string Type, long Count)> ByType(PostureLake lake, string? harvestId = null) =>
        from account in lake.Snapshots(harvestId)
        from part in account.Parts()
        where account.WasHarvested(part.Commit.Service)
        from count in part.Counts is { } counts
            ? lake.ReadResources(part.Harvest, part.Commit, new ResourceQuery()).Where(counts).GroupBy(resource => resource.Type, (type, all) => (Type: type, Count: all.LongCount()))
            : part.Commit.Types.Select(type => (Type: type.Key, Count: type.Value))
        select (account.AccountId, count.Type, count.Count);
}
