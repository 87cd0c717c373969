using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake;

/// <summary>
/// An account as the lake knows it: the latest commit of each service, over all harvests. Lists that it could not read are those
/// of the commit before, as long as there is one.
/// </summary>
internal sealed class LakeSnapshot : IAccountSnapshot
{
    private readonly PostureLake _lake;
    private const string Global = "global";
    private readonly IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> _services;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<(HarvestInfo Harvest, ServiceCommit Commit)>> _commits;
    private readonly IReadOnlyList<(HarvestInfo Harvest, HarvestedAccount Account)> _records;
    private readonly Lazy<IReadOnlyList<ReadGap>> _gaps;

    /// <summary>Makes the snapshot.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="recordsNewestFirst">The account as harvests found it.</param>
    /// <param name="commitsNewestFirst">The commits of each service: one, or as many as it takes until one has read all.</param>
    public LakeSnapshot(PostureLake lake, IReadOnlyList<(HarvestInfo Harvest, HarvestedAccount Account)> recordsNewestFirst, IReadOnlyDictionary<string, IReadOnlyList<(HarvestInfo Harvest, ServiceCommit Commit)>> commitsNewestFirst)
    {
        var services = commitsNewestFirst.ToDictionary(service => service.Key, service => service.Value[0], StringComparer.Ordinal);
        _lake = lake;
        _records = recordsNewestFirst;
        _services = services;
        _commits = commitsNewestFirst;
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

    /// <summary>What the resources come from: the latest commit of a service, and for lists that it could not read those before.</summary>
    /// <returns>The commits with what of each counts; null for all of it.</returns>
    public IEnumerable<(HarvestInfo Harvest, ServiceCommit Commit, Func<Resource, bool>? Counts)> Parts()
    {
        foreach (var commits in _commits.Values)
        {
            if (commits.Count == 1)
            {
                yield return (commits[0].Harvest, commits[0].Commit, null);
                continue;
            }

            for (var i = 0; i < commits.Count; i++)
            {
                var newer = commits.Take(i).Select(part => part.Commit).ToList();
                var own = i < commits.Count - 1 ? commits[i].Commit.Unread : [];
                yield return (commits[i].Harvest, commits[i].Commit, resource => newer.All(commit => Holds(commit.Unread, resource)) && !Holds(own, resource));
            }
        }
    }

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

    public IEnumerable<Resource> Resources() =>
        Parts().SelectMany(part => _lake.ReadResources(part.Harvest, part.Commit, new ResourceQuery()).Where(part.Counts ?? (_ => true)));

    private static bool Holds(IReadOnlyList<UnreadList> lists, Resource resource) =>
        lists.Any(list => list.Type == resource.Type && (list.Region == resource.Region || list.Region == Global));
}
