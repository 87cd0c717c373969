using CloudPosture.Aws;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>What the accounts of a harvest share.</summary>
internal sealed record HarvestContext(
    HarvestRequest Request,
    IAwsCaller Aws,
    IHarvestClock Clock,
    HarvestWriter Writer,
    CallBudget Budget,
    RetryLimits Retries,
    ProgressMeter Meter,
    HangingRegions Regions,
    SharedAccounts Shared);
