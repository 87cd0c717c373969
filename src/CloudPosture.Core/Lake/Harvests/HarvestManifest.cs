using System;
using System.Collections.Generic;

namespace CloudPosture.Lake.Harvests;

/// <summary>What a harvest, or one shard of it, set out to read. The file <c>manifest.json</c>.</summary>
public sealed record HarvestManifest
{
    /// <summary>The version of the lake's layout.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The harvest's id, which is the name of its folder.</summary>
    public required string HarvestId { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When all was read; null while it runs, and for ever if it was interrupted.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The accounts to read, 12 digits each.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>The catalog's names of the services to read.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The connections it reads through.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>The Regions that it was bound to; empty where the connections and accounts decide.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Services of an account that were read within this time are left out; null reads all.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>As <see cref="MaxAge"/>, with each service's own interval from the catalog.</summary>
    public bool Incremental { get; init; }

    /// <summary>The accounts that were not read to their end when somebody ended the harvest without them; empty for any other.</summary>
    public IReadOnlyList<string> MissingAccounts { get; init; } = [];

    /// <summary>This shard's number, from 0; null for a harvest in one piece.</summary>
    public int? ShardIndex { get; init; }

    /// <summary>How many shards make the harvest; null for a harvest in one piece.</summary>
    public int? ShardCount { get; init; }

    /// <summary>The accounts of every shard, by its number, as this one saw them: so that what a missing shard leaves unread can be named. Empty for a harvest in one piece.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Shards { get; init; } = [];
}
