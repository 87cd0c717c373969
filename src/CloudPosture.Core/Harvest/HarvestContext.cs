using System;
using CloudPosture.Aws;
using CloudPosture.Content;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Harvest;

/// <summary>What the accounts of a harvest share.</summary>
internal sealed record HarvestContext(
    HarvestRequest Request,
    IAwsCaller Aws,
    ContentSet Content,
    TimeProvider Clock,
    HarvestWriter Writer,
    CallBudget Budget,
    RetryLimits Retries,
    ProgressMeter Meter,
    HangingRegions Regions,
    SharedAccounts Shared)
{
    /// <summary>What the lake held of an account before; null where that is nothing, or damaged: then all is read anew.</summary>
    public LakeSnapshot? Before(string accountId)
    {
        try
        {
            return Request.Lake.Latest(accountId);
        }
        catch (LakeException damage) when (damage.IsDamage)
        {
            Request.Warn?.Invoke(damage.Message, null);
            return null;
        }
    }
}
