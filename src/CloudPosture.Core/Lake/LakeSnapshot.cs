using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake;

/// <summary>An account as the lake knows it: the latest commit of each service, over all harvests.</summary>
internal sealed class LakeSnapshot : IAccountSnapshot
{
    private readonly PostureLake _lake;
    private readonly IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> _services;
    private readonly IReadOnlyList<(HarvestInfo Harvest, HarvestedAccount Account)> _records;
    private readonly Lazy<IReadOnlyList<ReadGap>> _gaps;

    public LakeSnapshot(PostureLake lake, IReadOnlyList<(HarvestInfo Harvest, HarvestedAccount Account)> recordsNewestFirst, IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> services)
    {
        _lake = lake;
        _records = recordsNewestFirst;
        _services = services;
        _gaps = new(() => [.. services.Values.SelectMany(service => lake.ReadGaps(service.Harvest, service.Commit))]);

        // An account of which nothing could be read is known by its record alone.
        var newest = services.Values.OrderByDescending(service => service.Commit.HarvestedAt).FirstOrDefault();
        HarvestId = (newest.Harvest ?? recordsNewestFirst[0].Harvest).HarvestId;
        HarvestedAt = newest.Commit?.HarvestedAt ?? recordsNewestFirst[0].Harvest.StartedAt;
        AccountId = newest.Commit?.AccountId ?? recordsNewestFirst[0].Account.AccountId;

        var accounts = recordsNewestFirst
            .Where(record => services.Count == 0 || services.Values.Any(service => ReferenceEquals(service.Harvest, record.Harvest)))
            .Select(record => record.Account)
            .ToList();
        AccountName = accounts.FirstOrDefault()?.AccountName ?? AccountId;
        Partition = accounts.FirstOrDefault()?.Partition ?? "aws";
        Connection = accounts.FirstOrDefault()?.Connection ?? "";
        IsManagementAccount = accounts.Select(account => account.IsManagementAccount).FirstOrDefault(known => known is not null) ?? false;
        Regions = [.. accounts.SelectMany(account => account.Regions).Distinct(StringComparer.Ordinal).OrderBy(region => region, StringComparer.Ordinal)];
    }

    public string AccountId { get; }

    public string AccountName { get; }

    public string Partition { get; }

    public IReadOnlyList<string> Regions { get; }

    public bool IsManagementAccount { get; }

    public string Connection { get; }

    public string HarvestId { get; }

    public DateTimeOffset HarvestedAt { get; }

    public IReadOnlyList<ReadGap> Gaps => _gaps.Value;

    /// <summary>The commits that make the snapshot, by service.</summary>
    public IEnumerable<(HarvestInfo Harvest, ServiceCommit Commit)> Services => _services.Values;

    /// <summary>The latest commit of a service; null where there is none.</summary>
    public ServiceCommit? CommitOf(string service) => _services.TryGetValue(service, out var found) ? found.Commit : null;

    /// <summary>The Regions that the latest harvest of a service set out to read.</summary>
    public IReadOnlyList<string> RegionsOf(string service) =>
        _records.FirstOrDefault(record => ReferenceEquals(record.Harvest, _services[service].Harvest)).Account?.Regions ?? [];

    public bool WasHarvested(string service) => _services.ContainsKey(service);

    public string? WhyUnread(string service) =>
        !WasHarvested(service) && _records.Count > 0 && _records[0].Account.Failure is { } failure && _records[0].Harvest.Manifests.Any(manifest => manifest.Services.Contains(service))
            ? failure
            : null;

    public IEnumerable<Resource> Resources() => Services.SelectMany(service => _lake.ReadResources(service.Harvest, service.Commit, new ResourceQuery()));
}
