using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Errors;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>The harvest that -Resume goes on with.</summary>
internal static class InterruptedHarvest
{
    /// <summary>The harvest of an id, or the newest that was interrupted.</summary>
    /// <exception cref="NothingToResumeException">There is none, or nothing is left of it.</exception>
    public static HarvestInfo Of(PostureLake lake, string? harvestId)
    {
        if (harvestId is { } id)
        {
            var named = lake.Harvest(id);
            return named.Status == HarvestStatus.Incomplete
                ? named
                : throw new NothingToResumeException($"Harvest '{id}' is {(named.Status == HarvestStatus.Ended ? "ended" : "complete")}: there is nothing left of it to resume.");
        }

        return lake.Harvests().FirstOrDefault(harvest => harvest.Status == HarvestStatus.Incomplete)
            ?? throw new NothingToResumeException($"There is nothing to resume: no harvest in '{lake.Path}' is incomplete.");
    }
}
