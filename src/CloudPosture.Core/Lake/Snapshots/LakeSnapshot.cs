using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Snapshots;

/// <summary>
/// An account as the lake knows it: each service as the newest harvest left it that set out to read it. What that one could not
/// come to is unknown, whatever earlier ones read; what it left out as fresh enough is known. Single lists that it could not read
/// are those of the commit before, as long as there is one.
/// </summary>
internal sealed class LakeSnapshot : IAccountSnapshot
{
    private readonly PostureLake _lake;
    private readonly IReadOnlyDictionary<string, (HarvestInfo Harvest, ServiceCommit Commit)> _services;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<(HarvestInfo Harvest, ServiceCommit Commit)>> _commits;
    private readonly IReadOnlyList<AccountRecord> _records;
    private readonly Lazy<IReadOnlyList<ReadGap>> _gaps;
    private readonly ConcurrentDictionary<string, Lazy<LakeException?>> _damages = new(StringComparer.Ordinal);

    /// <summary>Makes the snapshot.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="recordsNewestFirst">The account as harvests found it.</param>
    /// <param name="commitsNewestFirst">The commits of each service: one, or as many as it takes until one has read all.</param>
    public LakeSnapshot(PostureLake lake, string accountId, IReadOnlyList<AccountRecord> recordsNewestFirst, IReadOnlyDictionary<string, IReadOnlyList<(HarvestInfo Harvest, ServiceCommit Commit)>> commitsNewestFirst)
    {
        var services = commitsNewestFirst.ToDictionary(service => service.Key, service => service.Value[0], StringComparer.Ordinal);
        _lake = lake;
        _records = recordsNewestFirst;
        _services = services;
        _commits = commitsNewestFirst;
        _gaps = new(() => [.. Known.SelectMany(service => lake.ReadGaps(service.Harvest, service.Commit))]);
        AccountId = accountId;
        (HarvestId, HarvestedAt) = services.Values.Select(service => (service.Harvest.HarvestId, service.Commit.HarvestedAt))
            .Concat(recordsNewestFirst.Where(record => record.Account.Failure is not null).Select(record => (record.Harvest.HarvestId, HarvestedAt: record.At)))
            .OrderByDescending(moment => moment.HarvestedAt)
            .First();

        // An account of which nothing could be read is known by its record alone.
        var accounts = recordsNewestFirst
            .Where(record => services.Count == 0 || services.Values.Any(service => ReferenceEquals(service.Harvest, record.Harvest)))
            .Select(record => record.Account)
            .ToList();
        AccountName = accounts.FirstOrDefault()?.AccountName ?? AccountId;
        Partition = accounts.FirstOrDefault()?.Partition ?? "aws";
        Connection = accounts.FirstOrDefault()?.Connection ?? "";
        IsManagementAccount = accounts.Select(account => account.IsManagementAccount).FirstOrDefault(known => known is not null) ?? false;
        Regions = [.. accounts.SelectMany(account => account.Regions)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(region => region, StringComparer.Ordinal)];
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

    /// <summary>The latest commit of each service, whether or not a later harvest failed to read it.</summary>
    public IEnumerable<(HarvestInfo Harvest, ServiceCommit Commit)> Services => _services.Values;

    private IEnumerable<(HarvestInfo Harvest, ServiceCommit Commit)> Known =>
        Services.Where(service => FailureOf(service.Commit.Service) is null && DamageOf(service.Commit.Service) is null);

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
        _records.FirstOrDefault(record => ReferenceEquals(record.Harvest, _services[service].Harvest))?.Account.Regions ?? [];

    public bool WasHarvested(string service) => _services.ContainsKey(service) && FailureOf(service) is null && DamageOf(service) is null;

    /// <summary>The gaps of the latest commit of a service.</summary>
    public IEnumerable<ReadGap> GapsOf(ServiceCommit commit) => _lake.ReadGaps(_services[commit.Service].Harvest, commit);

    /// <summary>Whether all data of a service is as it was written; what is not is not told here.</summary>
    public bool IsSound(string service) => !_commits.TryGetValue(service, out var commits) || commits.All(part =>
        MemberReader.DamageOf(part.Harvest, part.Harvest.ResourcesPath(AccountId), part.Commit.Resources) is null
        && MemberReader.DamageOf(part.Harvest, part.Harvest.GapsPath(AccountId), part.Commit.Gaps) is null);

    /// <summary>What is wrong with the data of a service, which is told; null where all of it is as it was written.</summary>
    public LakeException? DamageOf(string service) => !_commits.TryGetValue(service, out var commits)
        ? null
        : _damages.GetOrAdd(service, _ => new(() => commits.Select(part => _lake.DamageOf(part.Harvest, part.Commit)).FirstOrDefault(damage => damage is not null))).Value;

    public string? WhyUnread(string service)
    {
        if (FailureOf(service) is not { Account.Failure: { } failure })
        {
            return DamageOf(service)?.Message;
        }

        return _services.TryGetValue(service, out var last)
            ? FormattableString.Invariant($"last read {last.Commit.HarvestedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC in harvest {last.Harvest.HarvestId}; {failure}")
            : failure;
    }

    public IEnumerable<Resource> Resources() =>
        Parts().Where(part => FailureOf(part.Commit.Service) is null && DamageOf(part.Commit.Service) is null)
            .SelectMany(part => _lake.ReadResources(part.Harvest, part.Commit, new ResourceQuery()).Where(part.Counts ?? (_ => true)));

    /// <summary>Streams the resources of one service; none where it is damaged, which is told.</summary>
    /// <param name="service">The catalog's name of the service.</param>
    /// <param name="query">Which of them.</param>
    public IEnumerable<Resource> ResourcesOf(string service, ResourceQuery query) =>
        Parts().Where(part => part.Commit.Service == service && DamageOf(service) is null)
            .SelectMany(part => _lake.ReadResources(part.Harvest, part.Commit, query).Where(part.Counts ?? (_ => true)));

    /// <summary>The gaps of what was read, and each service that was not.</summary>
    public IEnumerable<AccountGap> AllGaps()
    {
        foreach (var (harvest, commit) in Known)
        {
            var connection = _records.FirstOrDefault(record => ReferenceEquals(record.Harvest, harvest))?.Account.Connection ?? Connection;
            foreach (var gap in _lake.ReadGaps(harvest, commit))
            {
                yield return new AccountGap(gap, AccountId, AccountName, connection, harvest.HarvestId, commit.HarvestedAt);
            }
        }

        foreach (var service in _records.SelectMany(record => record.Harvest.Services).Distinct(StringComparer.Ordinal))
        {
            if (FailureOf(service) is { Account.Failure: { } failure } failed)
            {
                yield return new AccountGap(NotRead(service, failure), AccountId, AccountName, failed.Account.Connection, failed.Harvest.HarvestId, failed.At);
            }
        }

        foreach (var (harvest, commit) in Services.Where(service => FailureOf(service.Commit.Service) is null))
        {
            if (DamageOf(commit.Service) is { } damage)
            {
                yield return new AccountGap(NotRead(commit.Service, damage.Message), AccountId, AccountName, Connection, harvest.HarvestId, commit.HarvestedAt);
            }
        }
    }

    private static bool Holds(IReadOnlyList<UnreadList> lists, Resource resource) =>
        lists.Any(list => list.Type == resource.Type && (list.Region == resource.Region || list.Region == ResourceRegion.Global));

    private static ReadGap NotRead(string service, string failure) => new()
    {
        Service = service,
        ResourceType = "*",
        Region = "*",
        Operation = "*",
        Reason = GapReason.Failed,
        Code = "NotHarvested",
        Message = failure,
    };

    /// <summary>The newest failure to read a service, unless it was read since, or found fresh enough.</summary>
    private AccountRecord? FailureOf(string service)
    {
        var failed = _records.Where(record => record.FailedBefore(service)).OrderByDescending(record => record.At).FirstOrDefault();
        return failed is null || CommitOf(service)?.HarvestedAt > failed.At || _records.Any(record => record.Account.Fresh.Contains(service) && record.At > failed.At)
            ? null
            : failed;
    }
}
