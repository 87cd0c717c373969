using System;
using System.Collections.Generic;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Calls;
using CloudPosture.Harvest.Events;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>What to harvest, how fast, and where to.</summary>
public sealed record HarvestRequest
{
    /// <summary>Where to.</summary>
    public required PostureLake Lake { get; init; }

    /// <summary>The accounts.</summary>
    public required IReadOnlyList<AccountTarget> Targets { get; init; }

    /// <summary>The catalog's names of services; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The Regions to read of every account, in place of the targets' own; empty leaves these.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>How many accounts are read side by side; at least 1. Within an account one service is read at a time.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>The share of AWS's published rates that is used, above 0 up to 1; the rest stays with the account's own workloads.</summary>
    public double QuotaShare { get; init; } = 0.5;

    /// <summary>The most calls to send; when they are used up the harvest stops and can be resumed. Null for no bound.</summary>
    public long? MaxCall { get; init; }

    /// <summary>Services of an account that were read within this time are not read again. Null reads all.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>As <see cref="MaxAge"/>, with each service's own interval from the catalog.</summary>
    public bool Incremental { get; init; }

    /// <summary>The harvest to go on with: what it committed is not read again, and its services, Regions and age are its own. Null begins a new one.</summary>
    public string? Resume { get; init; }

    /// <summary>The id of a new harvest, which shards must agree on; null makes one.</summary>
    public string? HarvestId { get; init; }

    /// <summary>Which part of the accounts to read; null reads all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Where the calls are counted that reach the accounts, to be recorded with the harvest; null counts none.</summary>
    public CallLedger? Reaching { get; init; }

    /// <summary>Hears how it goes, a few times a second.</summary>
    public IProgress<HarvestProgress>? Progress { get; init; }

    /// <summary>Hears what somebody should know while the harvest goes on, and what to do about it where there is anything; from any thread.</summary>
    public Action<string, Advice?>? Warn { get; init; }

    /// <summary>The events that entries of the catalog read which are of events; null where none of them may be read.</summary>
    public EventLookup? Events { get; init; }

    /// <summary>For measurements alone: no pace at all.</summary>
    internal bool Unpaced { get; init; }
}
