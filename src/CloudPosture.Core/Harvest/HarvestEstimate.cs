using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Services;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Harvest;

/// <summary>What a harvest is going to cost, told from the last ones.</summary>
public sealed record HarvestEstimate
{
    /// <summary>The accounts to read.</summary>
    public required int Accounts { get; init; }

    /// <summary>Of these, the accounts that were never read; they are taken for average ones.</summary>
    public required int NewAccounts { get; init; }

    /// <summary>The services that no account was ever read for, so that nothing tells what they cost; they are not in the figures.</summary>
    public required IReadOnlyList<string> UnknownServices { get; init; }

    /// <summary>Requests; null where the lake holds nothing to tell it from.</summary>
    public required long? Calls { get; init; }

    /// <summary>The time it takes; null where the lake holds nothing to tell it from.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Estimates: what an account's service took last, or else what it took on average in other accounts.</summary>
    /// <param name="request">What to harvest; nothing is sent and nothing written.</param>
    /// <param name="catalog">What can be harvested.</param>
    /// <param name="utcNow">The time, by which it is told what is fresh enough; null for now.</param>
    /// <returns>The estimate; for a harvest that is resumed, of what is left.</returns>
    /// <exception cref="KeyNotFoundException">There is no such service; the message lists those there are.</exception>
    /// <exception cref="LakeException">There is no such harvest to resume.</exception>
    public static HarvestEstimate Of(HarvestRequest request, ServiceCatalog catalog, DateTimeOffset? utcNow = null)
    {
        var harvest = request.Resume is { } id ? request.Lake.Harvest(id) : null;
        var services = catalog.ServicesOf(harvest?.Services ?? request.Services);
        var targets = request.Targets
            .Select(target => target.AccountId)
            .Distinct(StringComparer.Ordinal)
            .Where(account => request.Shard?.Owns(account) ?? true)
            .ToList();
        var known = request.Lake.Snapshots().ToDictionary(account => account.AccountId, StringComparer.Ordinal);
        var averages = known.Values.SelectMany(account => account.Services).GroupBy(service => service.Commit.Service, service => Cost(service.Commit), StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => (Calls: service.Average(cost => cost.Calls), Seconds: service.Average(cost => cost.Seconds)), StringComparer.Ordinal);
        var left = new Leftover(request, harvest, utcNow ?? TimeProvider.System.GetUtcNow());
        var each = new List<(double Calls, double Seconds)>();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var account in targets)
        {
            var snapshot = known.TryGetValue(account, out var found) ? found : null;
            var sum = (Calls: 0.0, Seconds: 0.0);
            foreach (var service in services.Where(service => left.IsLeft(account, service, snapshot)))
            {
                if (snapshot?.CommitOf(service.Name) is null && !averages.ContainsKey(service.Name))
                {
                    unknown.Add(service.Name);
                    continue;
                }

                var cost = snapshot?.CommitOf(service.Name) is { } commit ? Cost(commit) : averages[service.Name];
                sum = (sum.Calls + cost.Calls, sum.Seconds + cost.Seconds);
            }

            each.Add(sum);
        }

        return new HarvestEstimate
        {
            Accounts = targets.Count,
            NewAccounts = targets.Count(account => !known.ContainsKey(account)),
            UnknownServices = [.. services.Select(service => service.Name).Where(unknown.Contains)],
            Calls = known.Count > 0 ? (long)Math.Round(each.Sum(cost => cost.Calls)) : null,
            Duration = known.Count > 0 ? Schedule(each.Select(cost => cost.Seconds), request.ThrottleLimit) : null,
        };
    }

    private static (double Calls, double Seconds) Cost(ServiceCommit commit) =>
        (commit.Statistics.Operations.Sum(operation => operation.Calls), commit.Statistics.Seconds);

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

    /// <summary>What a harvest has still to read.</summary>
    private sealed class Leftover(HarvestRequest request, HarvestInfo? harvest, DateTimeOffset now)
    {
        private readonly ILookup<string, string>? _read = harvest?.Commits.Where(commit => !commit.IsOpen).ToLookup(commit => commit.AccountId, commit => commit.Service, StringComparer.Ordinal);
        private readonly Dictionary<string, IReadOnlyList<string>> _regions = request.Targets
            .GroupBy(target => target.AccountId, StringComparer.Ordinal)
            .ToDictionary(account => account.Key, account => account.First().Regions, StringComparer.Ordinal);

        private readonly Freshness _freshness = new(request.MaxAge ?? harvest?.Manifests[0].MaxAge, request.Incremental || harvest?.Manifests[0].Incremental == true, now);

        public bool IsLeft(string account, ServiceEntry service, LakeSnapshot? snapshot) =>
            _read?[account].Contains(service.Name) != true
            && !(harvest?.Accounts.TryGetValue(account, out var record) == true && record.Fresh.Contains(service.Name))
            && !_freshness.Has(service, snapshot, RegionsOf(account));

        /// <summary>The Regions that were named; which others an account has enabled, AWS alone could tell, and it is not asked.</summary>
        private IReadOnlyList<string> RegionsOf(string account) =>
            harvest?.Manifests[0].Regions is { Count: > 0 } begun ? begun
            : request.Regions.Count > 0 ? request.Regions
            : _regions.TryGetValue(account, out var own) ? own
            : [];
    }
}
