using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake;

/// <summary>An account as the lake knows it: the latest commit of each service, over all harvests.</summary>
internal sealed class LakeSnapshot : IAccountSnapshot
{
    private readonly PostureLake _lake;
    private readonly IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> _services;
    private readonly Lazy<IReadOnlyList<ReadGap>> _gaps;

    public LakeSnapshot(PostureLake lake, IReadOnlyList<HarvestInfo> harvestsNewestFirst, IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> services)
    {
        _lake = lake;
        _services = services;
        _gaps = new(() => [.. services.Values.SelectMany(service => lake.ReadGaps(service.Harvest, service.Commit))]);

        var newest = services.Values.OrderByDescending(service => service.Commit.HarvestedAt).First();
        HarvestId = newest.Harvest.HarvestId;
        HarvestedAt = newest.Commit.HarvestedAt;
        AccountId = newest.Commit.AccountId;

        var accounts = harvestsNewestFirst
            .Where(harvest => services.Values.Any(service => service.Harvest == harvest))
            .Select(harvest => harvest.Accounts.TryGetValue(AccountId, out var account) ? account : null)
            .OfType<HarvestedAccount>()
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

    public bool WasHarvested(string service) => _services.ContainsKey(service);

    public IEnumerable<Resource> Resources() => Services.SelectMany(service => _lake.ReadResources(service.Harvest, service.Commit, new ResourceQuery()));
}
