using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Harvest.Services;

/// <summary>Tells whether what the lake holds of a service will do: for the harvest that leaves it out, and for whoever estimates that one.</summary>
/// <param name="maxAge">The greatest age; null for each service's own interval.</param>
/// <param name="isIncremental">Whether those intervals count.</param>
/// <param name="now">The time, in UTC.</param>
internal sealed class Freshness(TimeSpan? maxAge, bool isIncremental, DateTimeOffset now)
{
    /// <summary>Whether any age will do.</summary>
    public bool IsAsked => maxAge is not null || isIncremental;

    /// <summary>Whether a service was read recently enough, in all of the Regions, and nothing of it was missed that another reading may bring.</summary>
    /// <param name="service">The service.</param>
    /// <param name="latest">The account as the lake knows it; null where it does not.</param>
    /// <param name="regions">The Regions that are to be read.</param>
    public bool Has(ServiceEntry service, LakeSnapshot? latest, IReadOnlyList<string> regions) =>
        IsAsked
        && latest?.CommitOf(service.Name) is { HasPassingGaps: false } commit
        && Age.IsWithin(commit.HarvestedAt, now, maxAge ?? service.Interval)
        && (service.Resources.All(resource => resource.IsGlobal) || regions.All(latest.RegionsOf(service.Name).Contains))
        && latest.IsSound(service.Name);
}
