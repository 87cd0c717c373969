using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Catalog;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>What a harvest is going to cost, told from the last ones.</summary>
public sealed record HarvestEstimate
{
    /// <summary>The accounts to read.</summary>
    public required int Accounts { get; init; }

    /// <summary>Of these, the accounts that were never read; they are taken for average ones.</summary>
    public required int NewAccounts { get; init; }

    /// <summary>Requests; null where the lake holds nothing to tell it from.</summary>
    public required long? Calls { get; init; }

    /// <summary>The time it takes; null where the lake holds nothing to tell it from.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Estimates.</summary>
    /// <param name="request">What to harvest; nothing is sent and nothing written.</param>
    /// <returns>The estimate.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    public static HarvestEstimate Of(HarvestRequest request)
    {
        var services = new HashSet<string>(
            (request.Services.Count > 0 ? request.Services : ServiceCatalog.Default.Names).Select(name => ServiceCatalog.Default.Service(name).Name),
            StringComparer.Ordinal);
        var targets = request.Targets
            .Select(target => target.AccountId)
            .Distinct(StringComparer.Ordinal)
            .Where(account => request.Shard?.Owns(account) ?? true)
            .ToList();
        var costs = request.Lake.LatestAccounts().Cast<LakeSnapshot>()
            .ToDictionary(account => account.AccountId, account => Cost(account, services), StringComparer.Ordinal);
        var known = costs.Count > 0;
        var average = known ? (Calls: costs.Values.Average(cost => cost.Calls), Seconds: costs.Values.Average(cost => cost.Seconds)) : default;
        var each = targets.Select(account => costs.TryGetValue(account, out var cost) ? cost : average).ToList();
        return new HarvestEstimate
        {
            Accounts = targets.Count,
            NewAccounts = targets.Count(account => !costs.ContainsKey(account)),
            Calls = known ? (long)Math.Round(each.Sum(cost => cost.Calls)) : null,
            Duration = known ? Schedule(each.Select(cost => cost.Seconds), request.ThrottleLimit) : null,
        };
    }

    private static (double Calls, double Seconds) Cost(LakeSnapshot account, HashSet<string> services)
    {
        var commits = account.Services.Select(service => service.Commit).Where(commit => services.Contains(commit.Service)).ToList();
        return (commits.Sum(commit => commit.Statistics.Operations.Sum(operation => operation.Calls)), commits.Sum(commit => commit.Statistics.Seconds));
    }

    /// <summary>How long the accounts take, each begun as soon as one of those before it ends.</summary>
    internal static TimeSpan Schedule(IEnumerable<double> seconds, int sideBySide)
    {
        var lanes = new double[Math.Max(1, sideBySide)];
        foreach (var one in seconds)
        {
            lanes[Array.IndexOf(lanes, lanes.Min())] += one;
        }

        return TimeSpan.FromSeconds(lanes.Max());
    }
}
