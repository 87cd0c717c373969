using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Snapshots;

/// <summary>Puts accounts together from what harvests committed of them, at any time.</summary>
internal sealed class SnapshotReader(PostureLake lake, DamageReport report)
{
    /// <summary>Every account, sorted.</summary>
    /// <param name="harvestsNewestFirst">The harvests.</param>
    /// <param name="asOf">The time, in UTC, after which no reading counts; null for all.</param>
    public IEnumerable<LakeSnapshot> Read(IReadOnlyList<(HarvestFolder Folder, HarvestInfo Manifests)> harvestsNewestFirst, DateTimeOffset? asOf = null) =>
        harvestsNewestFirst
            .SelectMany(harvest => report.Guard(harvest.Folder.Accounts) ?? harvest.Manifests.SetOutToRead)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(account => account, StringComparer.Ordinal)
            .Select(account => Read(harvestsNewestFirst, account, asOf, folder => folder.ReadAgain(account)))
            .OfType<LakeSnapshot>();

    /// <summary>One account; null where nothing is known of it.</summary>
    public LakeSnapshot? Read(IReadOnlyList<(HarvestFolder Folder, HarvestInfo Manifests)> harvestsNewestFirst, string accountId, DateTimeOffset? asOf = null) =>
        Read(harvestsNewestFirst, accountId, asOf, folder => folder.Read(accountId));

    private LakeSnapshot? Read(IReadOnlyList<(HarvestFolder Folder, HarvestInfo Manifests)> harvestsNewestFirst, string accountId, DateTimeOffset? asOf, Func<HarvestFolder, AccountEntries> read)
    {
        var services = new Dictionary<string, List<(HarvestInfo Harvest, ServiceCommit Commit)>>(StringComparer.Ordinal);
        var records = new List<AccountRecord>();
        foreach (var (folder, harvest) in harvestsNewestFirst)
        {
            var entries = Entries(folder, harvest, accountId, read);
            if (entries?.Account is { } account && !(account.RecordedAt > asOf && entries.Commits.Count == 0))
            {
                records.Add(new AccountRecord(harvest, account, [.. entries.Commits.Select(commit => commit.Service)]));
            }

            foreach (var commit in (entries?.Commits ?? []).Where(commit => !(commit.HarvestedAt > asOf)))
            {
                if (!services.TryGetValue(commit.Service, out var known))
                {
                    services[commit.Service] = known = [];
                }

                known.Add((harvest, commit));
            }
        }

        return services.Count == 0 && records.All(record => record.Account.Failure is null)
            ? null
            : new LakeSnapshot(lake, accountId, records, services.ToDictionary(service => service.Key, service => UntilAllIsRead(service.Value), StringComparer.Ordinal));
    }

    /// <summary>What a harvest holds of an account: where its journal is damaged, that nobody knows what it read.</summary>
    private AccountEntries? Entries(HarvestFolder folder, HarvestInfo harvest, string accountId, Func<HarvestFolder, AccountEntries> read)
    {
        if (report.Guard(() => read(folder)) is { } entries)
        {
            return entries;
        }

        return !harvest.SetOutToRead.Contains(accountId) ? null : new AccountEntries(
            new HarvestedAccount
            {
                AccountId = accountId,
                AccountName = accountId,
                Partition = "aws",
                Connection = "",
                RecordedAt = harvest.StartedAt,
                Failure = $"The journal of harvest {harvest.HarvestId} is damaged, so that nobody knows what it read",
            },
            []);
    }

    /// <summary>The newest commit, and those before until one has read all of its lists.</summary>
    private static IReadOnlyList<(HarvestInfo Harvest, ServiceCommit Commit)> UntilAllIsRead(List<(HarvestInfo Harvest, ServiceCommit Commit)> commits)
    {
        var newestFirst = commits.Count == 1 ? commits : [.. commits.OrderByDescending(commit => commit.Commit.HarvestedAt)];
        var last = newestFirst.FindIndex(commit => commit.Commit.Unread.Count == 0);
        return last < 0 ? newestFirst : newestFirst.GetRange(0, last + 1);
    }
}
