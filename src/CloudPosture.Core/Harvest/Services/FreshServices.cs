using System;
using CloudPosture.Content.Catalog;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Services;

/// <summary>Which services of an account the lake holds in an age that will do.</summary>
internal sealed class FreshServices(HarvestContext context, HarvestedAccount account, Lazy<LakeSnapshot?> before)
{
    private readonly Freshness _freshness = new(context.Writer.Manifest.MaxAge, context.Writer.Manifest.Incremental, context.Clock.UtcNow);

    /// <summary>Whether a service need not be read again.</summary>
    public bool Has(ServiceEntry service) => _freshness.IsAsked && _freshness.Has(service, before.Value, account.Regions);
}
