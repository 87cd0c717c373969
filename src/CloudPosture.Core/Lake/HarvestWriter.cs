using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;

namespace CloudPosture.Lake;

/// <summary>Writes one harvest, or one shard of it. Accounts, and the services of one account, may be written side by side.</summary>
public sealed class HarvestWriter : IDisposable
{
    private const int MostAccountsNamed = 10;
    private readonly HarvestInfo _harvest;
    private readonly HarvestFolder _folder;
    private readonly Journal _journal;
    private readonly FileStream _lock;
    private readonly Dictionary<string, CommittedAccount> _accounts = new(StringComparer.Ordinal);
    private HarvestManifest _manifest;

    private HarvestWriter(HarvestInfo harvest, HarvestManifest manifest, FileStream @lock)
    {
        _harvest = harvest;
        _folder = new HarvestFolder(harvest.Path, harvest.JournalPath(manifest.ShardIndex));
        _manifest = manifest;
        _lock = @lock;
        _journal = Journal.Open(harvest.JournalPath(manifest.ShardIndex), manifest.HarvestId);
        foreach (var account in _folder.CommittedAccounts().Union(manifest.Accounts, StringComparer.Ordinal))
        {
            var (record, commits) = _folder.Read(account);
            foreach (var commit in commits.Where(IsSound))
            {
                Note(commit);
            }

            if (record is { Fresh.Count: > 0 })
            {
                NoteFresh(record);
            }

            CutTails(account);
        }
    }

    /// <summary>What the harvest set out to read.</summary>
    public HarvestManifest Manifest => _manifest;

    /// <summary>Begins a harvest, or goes on with it where its folder is there already.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="manifest">What to read; for a harvest that is resumed, its own manifest.</param>
    /// <returns>The writer; dispose it to let others go on with the harvest.</returns>
    /// <exception cref="ArgumentException">The harvest is there already, and is divided otherwise, reads other services or Regions, or is complete without some of the accounts.</exception>
    /// <exception cref="LakeException">The folder cannot be written, or another process is writing the harvest.</exception>
    public static HarvestWriter Open(PostureLake lake, HarvestManifest manifest)
    {
        var harvest = HarvestInfo.Begin(lake.HarvestPath(manifest.HarvestId), manifest);
        FileStream? @lock = null;
        try
        {
            PrivateFiles.CreateDirectory(lake.Path);
            PrivateFiles.CreateDirectory(harvest.Path);
            @lock = Lock(harvest.JournalPath(manifest.ShardIndex) + ".lock", manifest.HarvestId);
            var begun = HarvestInfo.ReadManifests(harvest.Path);
            manifest = Continue(begun, manifest);
            if (begun?.Manifests.Contains(manifest) != true)
            {
                WriteManifest(harvest, manifest);
            }

            return new HarvestWriter(harvest, manifest, @lock);
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            @lock?.Dispose();
            throw CannotWrite(harvest.Path, problem);
        }
        catch
        {
            @lock?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends a harvest that nobody is writing any more: cuts off what a process that died left torn, and joins what shards wrote
    /// together, so that it counts as complete. Doing so again changes nothing.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <param name="force">Ends the harvest though accounts are missing; it names them.</param>
    /// <returns>The harvest as a whole.</returns>
    /// <exception cref="LakeException">Shards or accounts are missing, which are named; a process is writing the harvest; there is no such harvest; or the disk refuses.</exception>
    public static HarvestInfo Join(PostureLake lake, string harvestId, bool force = false)
    {
        var harvest = lake.Harvest(harvestId);
        if (harvest is { ShardCount: null, Status: not HarvestStatus.Incomplete })
        {
            return harvest;
        }

        var locks = new List<IDisposable>();
        try
        {
            foreach (var journal in HarvestInfo.JournalFiles(harvest.Path).ToList())
            {
                Write(journal, () => locks.Add(Lock(journal + ".lock", harvestId)));
            }

            harvest = Repair(lake, harvestId);
            if (!force)
            {
                RefuseMissing(harvest);
            }

            var whole = Whole(harvest);
            Write(harvest.Path, () => WriteManifest(harvest, whole));
        }
        finally
        {
            locks.ForEach(@lock => @lock.Dispose());
        }

        return lake.Harvest(harvestId);
    }

    /// <summary>Whether a service is read already.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="service">The catalog's name of the service.</param>
    /// <returns>True where it need not be read again in this harvest.</returns>
    public bool IsCommitted(string accountId, string service)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) && account.Services.TryGetValue(service, out var isOpen) && !isOpen;
        }
    }

    /// <summary>Takes a service that was not read to its end as it is, or leaves it to be read again.</summary>
    /// <param name="commit">What is committed of it.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    internal void Settle(ServiceCommit commit) => Write(_harvest.Path, () => Commit(commit));

    /// <summary>Whether a service need not be read in this harvest: it is read already, or was found fresh enough.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="service">The catalog's name of the service.</param>
    public bool IsDone(string accountId, string service)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) && ((account.Services.TryGetValue(service, out var isOpen) && !isOpen) || account.Fresh.Contains(service));
        }
    }

    /// <summary>What was committed of a service that was not read to its end; null for one that was never read, or was read whole.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="service">The catalog's name of the service.</param>
    /// <exception cref="LakeException">The journal is damaged.</exception>
    internal ServiceCommit? OpenCommitOf(string accountId, string service)
    {
        lock (_accounts)
        {
            if (!_accounts.TryGetValue(accountId, out var account) || !account.Services.ContainsKey(service))
            {
                return null;
            }
        }

        return CommitsOf(accountId).FirstOrDefault(commit => commit.Service == service);
    }

    /// <summary>What is committed of an account so far.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>The services, read from the journal.</returns>
    /// <exception cref="LakeException">The journal is damaged.</exception>
    public IReadOnlyList<ServiceCommit> CommitsOf(string accountId) =>
        [.. _folder.Read(accountId).Commits.Where(commit => IsSoundCommit(accountId, commit.Service))];

    /// <summary>Records what is known of an account; may be repeated when more is known.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Record(HarvestedAccount account)
    {
        Write(_harvest.Path, () => _journal.Append(new JournalEntry { Account = account }));
        NoteFresh(account);
    }

    /// <summary>Records calls that belong to no service that was read to its end.</summary>
    /// <param name="calls">The calls; none are left out.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Record(SentCalls calls)
    {
        if (calls.Operations.Count > 0)
        {
            Write(_harvest.Path, () => _journal.Append(new JournalEntry { Calls = calls }));
        }
    }

    /// <summary>The services that this harvest leaves out of an account, because they were read recently enough.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    public IReadOnlyList<string> FreshOf(string accountId)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) ? account.Fresh : [];
        }
    }

    /// <summary>Begins a service of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="service">The catalog's name of the service.</param>
    /// <param name="harvestedAt">The time of reading, in UTC.</param>
    /// <returns>The writer; what is not committed when it is disposed is gone.</returns>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public ServiceWriter Begin(HarvestedAccount account, string service, DateTimeOffset harvestedAt) => new(
        this,
        _harvest.ResourcesPath(account.AccountId),
        _harvest.GapsPath(account.AccountId),
        new ServiceCommit { AccountId = account.AccountId, Service = service, HarvestedAt = harvestedAt });

    /// <summary>Marks the harvest, or this shard of it, as complete; one that is stays as it is.</summary>
    /// <param name="at">The time, in UTC.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Complete(DateTimeOffset at)
    {
        if (_manifest.CompletedAt is not null)
        {
            return;
        }

        _manifest = _manifest with { CompletedAt = at };
        Write(_harvest.Path, () => WriteManifest(_harvest, _manifest));
    }

    /// <summary>Closes the files. The harvest stays resumable unless it is complete.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    internal static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            throw CannotWrite(path, problem);
        }
    }

    /// <summary>Appends what was read of a service to its account's files, and commits it.</summary>
    /// <returns>What was committed, with where it lies.</returns>
    internal ServiceCommit Commit(ServiceCommit commit, MemberDraft? resources, MemberDraft? gaps)
    {
        CommittedAccount account;
        lock (_accounts)
        {
            account = NotesOf(commit.AccountId);
        }

        lock (account.Files)
        {
            try
            {
                commit = commit with { Resources = resources?.Append(account.ResourcesEnd), Gaps = gaps?.Append(account.GapsEnd) };
                Commit(commit);
                return commit;
            }
            catch
            {
                PrivateFiles.Quietly(() => Cut(_harvest.ResourcesPath(commit.AccountId), account.ResourcesEnd));
                PrivateFiles.Quietly(() => Cut(_harvest.GapsPath(commit.AccountId), account.GapsEnd));
                throw;
            }
        }
    }

    private void Commit(ServiceCommit commit)
    {
        _journal.Append(new JournalEntry { Service = commit });
        Note(commit);
    }

    /// <summary>The manifest to write where the harvest was begun before, by this shard or another.</summary>
    private static HarvestManifest Continue(HarvestInfo? begun, HarvestManifest manifest)
    {
        if (begun is null)
        {
            return manifest;
        }

        if (begun.Manifests.FirstOrDefault(other => other.ShardCount != manifest.ShardCount) is { } divided)
        {
            throw new ArgumentException($"Harvest '{manifest.HarvestId}' {(divided.ShardCount is { } count ? $"is made of {count} shards" : "is in one piece, or its shards are joined already")}, so it cannot be gone on with {(manifest.ShardCount is { } here ? $"as shard {manifest.ShardIndex} of {here}" : "as a whole")}. Give the same -ShardIndex and -ShardCount as before, or another -HarvestId.");
        }

        if (begun.Manifests.FirstOrDefault(other => Differs(other.Services, manifest.Services)) is { } differing)
        {
            throw new ArgumentException($"{Name(differing)} reads other services ({string.Join(", ", differing.Services)}). Give {(manifest.ShardCount is null ? "the same -Service as before" : "all its shards the same -Service")}, or another -HarvestId.");
        }

        if (begun.Manifests.FirstOrDefault(other => Differs(other.Regions, manifest.Regions)) is { } elsewhere)
        {
            throw new ArgumentException($"{Name(elsewhere)} reads {(elsewhere.Regions.Count > 0 ? $"other Regions ({string.Join(", ", elsewhere.Regions)})" : "all Regions of its connections")}. Give {(manifest.ShardCount is null ? "the same -Region as before" : "all its shards the same -Region")}, or another -HarvestId.");
        }

        return begun.Manifests.FirstOrDefault(own => own.ShardIndex == manifest.ShardIndex) is { } own ? Extend(begun, own, manifest) : manifest;
    }

    /// <summary>What this shard set out to read, and what it is to read now: no account is forgotten, and what is complete stays as it is.</summary>
    private static HarvestManifest Extend(HarvestInfo begun, HarvestManifest own, HarvestManifest more)
    {
        var accounts = own.Accounts.Union(more.Accounts, StringComparer.Ordinal).ToList();
        var added = accounts.Skip(own.Accounts.Count).ToList();
        if (added.Count > 0 && begun.Status != HarvestStatus.Incomplete)
        {
            throw new ArgumentException($"Harvest '{own.HarvestId}' is {(begun.Status == HarvestStatus.Ended ? "ended" : "complete")} and stays as it is; it does not hold {Some(added)}. Harvest with another -HarvestId.");
        }

        var connections = own.Connections.Union(more.Connections, StringComparer.Ordinal).ToList();
        return begun.Status != HarvestStatus.Incomplete ? own : own with
        {
            Accounts = accounts,
            Connections = connections,
            MaxAge = more.MaxAge,
            Incremental = more.Incremental,
            CompletedAt = added.Count > 0 ? null : own.CompletedAt,
            Shards = [.. Enumerable.Range(0, Math.Max(own.Shards.Count, more.Shards.Count)).Select(shard =>
                (IReadOnlyList<string>)[.. (own.Shards.ElementAtOrDefault(shard) ?? []).Union(more.Shards.ElementAtOrDefault(shard) ?? [], StringComparer.Ordinal)])],
        };
    }

    private static bool Differs(IReadOnlyList<string> one, IReadOnlyList<string> other) => !new HashSet<string>(one, StringComparer.Ordinal).SetEquals(other);

    private static string Name(HarvestManifest manifest) => $"{(manifest.ShardIndex is { } shard ? $"Shard {shard} of harvest" : "Harvest")} '{manifest.HarvestId}'";

    private static void RefuseMissing(HarvestInfo harvest)
    {
        if (harvest is { ShardCount: { } count, MissingShards.Count: > 0 })
        {
            throw new LakeException(
                harvest.Path,
                $"of {count} shards these are not complete: {string.Join("; ", harvest.MissingShards.Select(shard => DescribeMissing(harvest, shard)))}. Run each again with its -ShardIndex, -ShardCount {count} and -HarvestId {harvest.HarvestId}; what is committed is not read again. Then complete the harvest, or end it without them with -Force.");
        }

        if (harvest is { ShardCount: null, MissingAccounts: { Count: > 0 } missing })
        {
            throw new LakeException(harvest.Path, $"these accounts are not read to their end: {Some(missing)}. Go on with Invoke-PostureHarvest -Resume -HarvestId {harvest.HarvestId}, or end the harvest without them with -Force.");
        }
    }

    /// <summary>The manifest of the harvest in one piece, with what is missing by name.</summary>
    private static HarvestManifest Whole(HarvestInfo harvest) => harvest.Manifests[0] with
    {
        StartedAt = harvest.StartedAt,
        CompletedAt = harvest.CompletedAt ?? DateTimeOffset.UtcNow,
        Accounts = [.. harvest.Manifests.SelectMany(manifest => manifest.Accounts).Concat(harvest.MissingAccounts).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal)],
        Connections = [.. harvest.Manifests.SelectMany(manifest => manifest.Connections).Distinct(StringComparer.Ordinal)],
        MissingAccounts = harvest.MissingAccounts,
        ShardIndex = null,
        ShardCount = null,
        Shards = [],
    };

    /// <summary>Cuts off the torn end of each journal, and of the accounts' files what no journal commits. The caller holds the locks.</summary>
    private static HarvestInfo Repair(PostureLake lake, string harvestId)
    {
        var path = lake.Harvest(harvestId).Path;
        Write(path, () =>
        {
            foreach (var journal in HarvestInfo.JournalFiles(path).ToList())
            {
                Journal.Open(journal, harvestId).Dispose();
            }
        });
        var harvest = lake.Harvest(harvestId);
        var commits = harvest.Commits.ToLookup(commit => commit.AccountId, StringComparer.Ordinal);
        foreach (var account in harvest.Accounts.Keys)
        {
            CutTail(harvest.ResourcesPath(account), commits[account].Select(commit => End(commit.Resources)).DefaultIfEmpty().Max());
            CutTail(harvest.GapsPath(account), commits[account].Select(commit => End(commit.Gaps)).DefaultIfEmpty().Max());
        }

        return harvest;
    }

    private static string DescribeMissing(HarvestInfo harvest, int shard)
    {
        var left = harvest.AccountsOf(shard).Intersect(harvest.MissingAccounts, StringComparer.Ordinal).ToList();
        var begun = harvest.Manifests.Any(manifest => manifest.ShardIndex == shard) ? "" : ", never begun";
        return left.Count == 0 ? $"{shard}{begun}" : $"{shard}{begun} (to read: {Some(left)})";
    }

    /// <summary>Names the accounts, or some where they are many.</summary>
    private static string Some(IReadOnlyList<string> accounts) => accounts.Count <= MostAccountsNamed
        ? string.Join(", ", accounts)
        : $"{string.Join(", ", accounts.Take(MostAccountsNamed))} and {accounts.Count - MostAccountsNamed} more";

    private static LakeException CannotWrite(string path, Exception problem) =>
        new(path, $"the lake cannot be written ({problem.Message.TrimEnd('.')}). Make room or grant access, or give another -LakePath; then continue with -Resume: what is committed is safe.", problem);

    /// <summary>Takes away what is not committed of an account.</summary>
    private void CutTails(string accountId)
    {
        long resources = 0, gaps = 0;
        lock (_accounts)
        {
            if (_accounts.TryGetValue(accountId, out var committed))
            {
                (resources, gaps) = (committed.ResourcesEnd, committed.GapsEnd);
            }
        }

        CutTail(_harvest.ResourcesPath(accountId), resources);
        CutTail(_harvest.GapsPath(accountId), gaps);
        PrivateFiles.ForgetDrafts(_harvest.ResourcesPath(accountId));
        PrivateFiles.ForgetDrafts(_harvest.GapsPath(accountId));
    }

    /// <summary>What a process that died had not committed must not be seen by those who read the file as a whole.</summary>
    private static void CutTail(string path, long end)
    {
        if (File.Exists(path) && new FileInfo(path).Length > end)
        {
            Write(path, () => Cut(path, end));
        }
    }

    private static void Cut(string path, long end)
    {
        using var file = PrivateFiles.Open(path, FileMode.Open);
        file.SetLength(end);
    }

    private static FileStream Lock(string path, string harvestId) =>
        FileLock.TryLock(path) ?? throw new LakeException(path, $"another process is writing harvest '{harvestId}'. Wait for it, or begin a harvest of your own.");

    private static void WriteManifest(HarvestInfo harvest, HarvestManifest manifest) =>
        PrivateFiles.Replace(harvest.ManifestPath(manifest.ShardIndex), stream => JsonSerializer.Serialize(stream, manifest, LakeJson.Default.HarvestManifest));

    private void Note(ServiceCommit commit)
    {
        lock (_accounts)
        {
            var account = NotesOf(commit.AccountId);
            account.Services[commit.Service] = commit.IsOpen;
            account.ResourcesEnd = Math.Max(account.ResourcesEnd, End(commit.Resources));
            account.GapsEnd = Math.Max(account.GapsEnd, End(commit.Gaps));
        }
    }

    private bool IsSoundCommit(string accountId, string service)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) && account.Services.ContainsKey(service);
        }
    }

    private void NoteFresh(HarvestedAccount account)
    {
        lock (_accounts)
        {
            NotesOf(account.AccountId).Fresh = account.Fresh;
        }
    }

    private CommittedAccount NotesOf(string accountId)
    {
        if (!_accounts.TryGetValue(accountId, out var account))
        {
            _accounts[accountId] = account = new();
        }

        return account;
    }

    private static long End(Segment? segment) => segment is null ? 0 : segment.Offset + segment.Length;

    private bool IsSound(ServiceCommit commit) =>
        IsSound(_harvest.ResourcesPath(commit.AccountId), commit.Resources) && IsSound(_harvest.GapsPath(commit.AccountId), commit.Gaps);

    /// <summary>A member that the disk lost is read from AWS again rather than trusted.</summary>
    private static bool IsSound(string path, Segment? segment) => segment is null || MemberReader.IsSound(path, segment);

    /// <summary>Which services of an account are committed, and where its files end.</summary>
    private sealed class CommittedAccount
    {
        /// <summary>True for those that were not read to their end.</summary>
        public Dictionary<string, bool> Services { get; } = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Fresh { get; set; } = [];

        /// <summary>Held while something is appended to the account's files.</summary>
        public object Files { get; } = new();

        public long ResourcesEnd { get; set; }

        public long GapsEnd { get; set; }
    }
}
