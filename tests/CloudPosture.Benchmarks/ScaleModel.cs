using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Pacing;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>
/// What a harvest takes on paper: the product's own token buckets and division into shards under a time that jumps, the calls of
/// accounts that were measured, and the CPU time and latency of a call that were measured.
/// </summary>
internal sealed record ScaleModel
{
    private const int AccountsPerPage = 20;
    private const int MostInFlight = 64;

    /// <summary>The bytes that a process keeps of each service of each account of its own.</summary>
    private const int IndexBytes = 100;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The share of the published rates that is used.</summary>
    public double QuotaShare { get; init; } = 0.5;

    /// <summary>How many accounts a process reads side by side.</summary>
    public int SideBySide { get; init; } = 8;

    /// <summary>Seconds until AWS answers.</summary>
    public double Latency { get; init; } = 0.040;

    /// <summary>Seconds of CPU time a call.</summary>
    public double CpuPerCall { get; init; } = 0.00047;

    /// <summary>The cores of a process's machine.</summary>
    public int Cores { get; init; } = 2;

    /// <summary>Megabytes of a process that reads as many accounts side by side as it may.</summary>
    public double Memory { get; init; } = 220;

    /// <summary>Seconds that one service of one account takes at least: its fullest bucket, the calls under way at once, and a round trip for each call that needs the one before.</summary>
    public double SecondsOf(ServiceEntry service, IReadOnlyCollection<(string Region, string Operation, int Calls)> load)
    {
        var fullest = load
            .GroupBy(call => (call.Region, Rate: service.RateOf(call.Operation), Operation: service.RateOf(call.Operation).PerOperation ? call.Operation : null))
            .Max(lane => SecondsOf(lane.Key.Rate, lane.Sum(call => call.Calls)));
        var steps = service.Resources.Max(resource => resource.Operations.Count() > 1 ? 2 : 1);
        return Math.Max(fullest, load.Sum(call => call.Calls) * Latency / MostInFlight) + (steps * Latency);
    }

    /// <summary>Seconds that an account takes at least: its services one after the other.</summary>
    public double SecondsOf(IEnumerable<(ServiceEntry Service, IReadOnlyCollection<(string Region, string Operation, int Calls)> Load)> services) =>
        services.Sum(service => SecondsOf(service.Service, service.Load));

    /// <summary>Seconds until the last of so many calls may go, by the bucket that paces a harvest.</summary>
    public double SecondsOf(RateEntry rate, int calls)
    {
        var now = Start;
        var bucket = new TokenBucket(rate.Bucket * QuotaShare, rate.Refill * QuotaShare, now);
        for (var call = 0; call < calls; call++)
        {
            while (bucket.Take(now) is { Ticks: > 0 } wait)
            {
                now += wait;
            }
        }

        return (now - Start).TotalSeconds;
    }

    /// <summary>Seconds to list the accounts of an organization, which happens once.</summary>
    public double SecondsToList(int accounts)
    {
        var pages = (accounts + AccountsPerPage - 1) / AccountsPerPage;
        return Math.Max(SecondsOf(SandboxContent.Shipped.Catalog.Service("organizations").RateOf("ListAccountsForParent"), pages), pages * Latency);
    }

    /// <summary>The whole harvest.</summary>
    /// <param name="accounts">The accounts with their calls, their seconds and their number of services.</param>
    /// <param name="shards">How many processes share them.</param>
    public ScaleResult Run(IReadOnlyList<(string Id, long Calls, double Seconds, int Services)> accounts, int shards)
    {
        var each = Shard.Divide([.. accounts.Select(account => account.Id)], shards);
        var byId = accounts.ToDictionary(account => account.Id);
        var processes = each.Select(ids => ids.Select(id => byId[id]).ToList()).Select(part => (
            Accounts: part.Count,
            Calls: part.Sum(account => account.Calls),
            Pace: HarvestEstimate.Schedule(part.Select(account => account.Seconds), SideBySide).TotalSeconds,
            Cpu: part.Sum(account => account.Calls) * CpuPerCall / Cores,
            Index: part.Sum(account => (double)account.Services * IndexBytes) / 1e6)).ToList();
        var slowest = processes.MaxBy(process => Math.Max(process.Pace, process.Cpu));
        return new ScaleResult(
            shards,
            processes.Min(process => process.Accounts),
            processes.Max(process => process.Accounts),
            accounts.Sum(account => account.Calls),
            SecondsToList(accounts.Count),
            slowest.Pace,
            slowest.Cpu,
            Memory + processes.Max(process => process.Index));
    }
}
