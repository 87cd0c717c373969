using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Text;

namespace CloudPosture.Lake.Harvests;

/// <summary>What a harvest that was begun before is to read when it goes on: the same, and no account is forgotten.</summary>
internal static class HarvestContinuation
{
    /// <summary>The manifest to write where the harvest was begun before, by this shard or another.</summary>
    public static HarvestManifest Of(HarvestInfo? begun, HarvestManifest manifest)
    {
        if (begun is null)
        {
            return manifest;
        }

        if (begun.Manifests.FirstOrDefault(other => other.ShardCount != manifest.ShardCount) is { } divided)
        {
            throw new SettingException(
                $"Harvest '{manifest.HarvestId}' {(divided.ShardCount is { } count ? $"is made of {count} shards" : "is in one piece, or its shards are joined already")}, so it cannot be gone on with {(manifest.ShardCount is { } here ? $"as shard {manifest.ShardIndex} of {here}" : "as a whole")}.",
                new Advice("Go on with it in the shards that it was begun in, or begin another harvest.", "HarvestOtherShards"));
        }

        if (begun.Manifests.FirstOrDefault(other => Differs(other.Services, manifest.Services)) is { } differing)
        {
            throw new SettingException($"{Name(differing)} reads other services ({string.Join(", ", differing.Services)}).", manifest.ShardCount is null
                ? new Advice("Read the same services as before, or begin another harvest.", "HarvestOtherServices")
                : new Advice("Have all its shards read the same services, or begin another harvest.", "ShardsOtherServices"));
        }

        if (begun.Manifests.FirstOrDefault(other => Differs(other.Regions, manifest.Regions)) is { } elsewhere)
        {
            throw new SettingException($"{Name(elsewhere)} reads {(elsewhere.Regions.Count > 0 ? $"other Regions ({string.Join(", ", elsewhere.Regions)})" : "all Regions of its connections")}.", manifest.ShardCount is null
                ? new Advice("Read the same Regions as before, or begin another harvest.", "HarvestOtherRegions")
                : new Advice("Have all its shards read the same Regions, or begin another harvest.", "ShardsOtherRegions"));
        }

        return begun.Manifests.FirstOrDefault(own => own.ShardIndex == manifest.ShardIndex) is { } own ? Extend(begun, own, manifest) : manifest;
    }

    /// <summary>What this shard set out to read, and what it is to read now: no account is forgotten, and what is complete stays as it is.</summary>
    private static HarvestManifest Extend(HarvestInfo begun, HarvestManifest own, HarvestManifest more)
    {
        var accounts = own.Accounts.Union(more.Accounts, StringComparer.Ordinal).ToList();
        var added = accounts.Skip(own.Accounts.Count).ToList();
        if (added.Count > 0 && begun.Status != HarvestStatus.Incomplete)
        {
            throw new SettingException(
                $"Harvest '{own.HarvestId}' is {(begun.Status == HarvestStatus.Ended ? "ended" : "complete")} and stays as it is; it does not hold {SomeNames.Of(added)}.",
                new Advice("Begin another harvest.", "HarvestAnother"));
        }

        var connections = own.Connections.Union(more.Connections, StringComparer.Ordinal).ToList();
        return begun.Status != HarvestStatus.Incomplete ? own : own with
        {
            Accounts = accounts,
            Connections = connections,
            MaxAge = more.MaxAge,
            Incremental = more.Incremental,
            CompletedAt = added.Count > 0 ? null : own.CompletedAt,
            Shards = [.. Enumerable.Range(0, Math.Max(own.Shards.Count, more.Shards.Count)).Select(shard =>
                (IReadOnlyList<string>)[.. (own.Shards.ElementAtOrDefault(shard) ?? []).Union(more.Shards.ElementAtOrDefault(shard) ?? [], StringComparer.Ordinal)])],
        };
    }

    private static bool Differs(IReadOnlyList<string> one, IReadOnlyList<string> other) => !new HashSet<string>(one, StringComparer.Ordinal).SetEquals(other);

    private static string Name(HarvestManifest manifest) => $"{(manifest.ShardIndex is { } shard ? $"Shard {shard} of harvest" : "Harvest")} '{manifest.HarvestId}'";
}
