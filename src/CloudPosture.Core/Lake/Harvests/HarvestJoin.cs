using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Text;

namespace CloudPosture.Lake.Harvests;

/// <summary>Ends harvests that nobody is writing any more.</summary>
public static class HarvestJoin
{
    /// <summary>
    /// Ends a harvest that nobody is writing any more: cuts off what a process that died left torn, and joins what shards wrote
    /// together, so that it counts as complete. Doing so again changes nothing.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <param name="force">Ends the harvest though accounts are missing; it names them.</param>
    /// <returns>The harvest as a whole.</returns>
    /// <exception cref="LakeException">Shards or accounts are missing, which are named; a process is writing the harvest; there is no such harvest; or the disk refuses.</exception>
    public static HarvestInfo Join(PostureLake lake, string harvestId, bool force = false)
    {
        var harvest = lake.Harvest(harvestId);
        if (harvest is { ShardCount: null, Status: not HarvestStatus.Incomplete })
        {
            return harvest;
        }

        var locks = new List<IDisposable>();
        try
        {
            foreach (var journal in HarvestInfo.JournalFiles(harvest.Path).ToList())
            {
                HarvestFiles.Write(journal, () => locks.Add(HarvestFiles.Lock(journal + ".lock", harvestId)));
            }

            harvest = Repair(lake, harvestId);
            if (!force)
            {
                RefuseMissing(harvest);
            }

            var whole = Whole(harvest);
            HarvestFiles.Write(harvest.Path, () => HarvestFiles.WriteManifest(harvest, whole));
        }
        finally
        {
            locks.ForEach(@lock => @lock.Dispose());
        }

        return lake.Harvest(harvestId);
    }

    private static void RefuseMissing(HarvestInfo harvest)
    {
        if (harvest is { ShardCount: { } count, MissingShards.Count: > 0 })
        {
            throw new LakeException(
                harvest.Path,
                $"of {count} shards these are not complete: {string.Join("; ", harvest.MissingShards.Select(shard => DescribeMissing(harvest, shard)))}.",
                advice: new Advice("Run each of them again, where what is committed is not read again, then complete the harvest; or end it without them.", "HarvestShards", harvest.HarvestId));
        }

        if (harvest is { ShardCount: null, MissingAccounts: { Count: > 0 } missing })
        {
            throw new LakeException(harvest.Path, $"these accounts are not read to their end: {SomeNames.Of(missing)}. Go on with the harvest, or end it without them.", advice: new Advice("Go on with the harvest, or end it without them.", "HarvestUnfinished", harvest.HarvestId));
        }
    }

    /// <summary>The manifest of the harvest in one piece, with what is missing by name.</summary>
    private static HarvestManifest Whole(HarvestInfo harvest) => harvest.Manifests[0] with
    {
        StartedAt = harvest.StartedAt,
        CompletedAt = harvest.CompletedAt ?? TimeProvider.System.GetUtcNow(),
        Accounts = [.. harvest.Manifests.SelectMany(manifest => manifest.Accounts)
            .Concat(harvest.MissingAccounts)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(id => id, StringComparer.Ordinal)],
        Connections = [.. harvest.Manifests.SelectMany(manifest => manifest.Connections).Distinct(StringComparer.Ordinal)],
        MissingAccounts = harvest.MissingAccounts,
        ShardIndex = null,
        ShardCount = null,
        Shards = [],
    };

    /// <summary>Cuts off the torn end of each journal, and of the accounts' files what no journal commits. The caller holds the locks.</summary>
    private static HarvestInfo Repair(PostureLake lake, string harvestId)
    {
        var path = lake.Harvest(harvestId).Path;
        HarvestFiles.Write(path, () =>
        {
            foreach (var journal in HarvestInfo.JournalFiles(path).ToList())
            {
                Journal.Open(journal, harvestId).Dispose();
            }
        });
        var harvest = lake.Harvest(harvestId);
        var commits = harvest.Commits.ToLookup(commit => commit.AccountId, StringComparer.Ordinal);
        foreach (var account in harvest.Accounts.Keys)
        {
            HarvestFiles.CutTail(harvest.ResourcesPath(account), commits[account].Select(commit => HarvestFiles.End(commit.Resources)).DefaultIfEmpty().Max());
            HarvestFiles.CutTail(harvest.GapsPath(account), commits[account].Select(commit => HarvestFiles.End(commit.Gaps)).DefaultIfEmpty().Max());
        }

        return harvest;
    }

    private static string DescribeMissing(HarvestInfo harvest, int shard)
    {
        var left = harvest.AccountsOf(shard).Intersect(harvest.MissingAccounts, StringComparer.Ordinal).ToList();
        var begun = harvest.Manifests.Any(manifest => manifest.ShardIndex == shard) ? "" : ", never begun";
        return left.Count == 0 ? $"{shard}{begun}" : $"{shard}{begun} (to read: {SomeNames.Of(left)})";
    }
}
