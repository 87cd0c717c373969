using System;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake;
using CloudPosture.Time;

namespace CloudPosture.Harvest;

/// <summary>Which services of an account the lake holds in an age that will do.</summary>
internal sealed class FreshServices(HarvestContext context, HarvestedAccount account, Lazy<LakeSnapshot?> before)
{
    private readonly HarvestManifest _manifest = context.Writer.Manifest;
    private readonly DateTimeOffset _now = context.Clock.UtcNow;
    private readonly LakeSnapshot? _latest = context.Writer.Manifest.MaxAge is null && !context.Writer.Manifest.Incremental
        ? null
        : before.Value;

    /// <summary>Whether a service was read recently enough, in all of the account's Regions, and nothing of it was missed that another reading may bring.</summary>
    public bool Has(ServiceEntry service) =>
        _latest?.CommitOf(service.Name) is { HasPassingGaps: false } commit
        && _latest.IsSound(service.Name)
        && Age.IsWithin(commit.HarvestedAt, _now, _manifest.MaxAge ?? service.Interval)
        && (service.Resources.All(resource => resource.IsGlobal) || account.Regions.All(_latest.RegionsOf(service.Name).Contains));
}
