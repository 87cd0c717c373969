using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using CloudPosture.Files;

namespace CloudPosture.Lake;

/// <summary>Writes one harvest, or one shard of it. Accounts may be written side by side, the services of one account one after the other.</summary>
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
        foreach (var commit in _folder.CommittedAccounts().SelectMany(account => _folder.Read(account).Commits).Where(IsSound))
        {
            Note(commit);
        }
    }

    /// <summary>What the harvest set out to read.</summary>
    public HarvestManifest Manifest => _manifest;

    /// <summary>Begins a harvest, or goes on with it where its folder is there already.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="manifest">What to read; for a harvest that is resumed, its own manifest.</param>
    /// <returns>The writer; dispose it to let others go on with the harvest.</returns>
    /// <exception cref="ArgumentException">The harvest is there already, and is divided otherwise or reads other services.</exception>
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
            manifest = Continue(HarvestInfo.ReadManifests(harvest.Path), manifest);
            WriteManifest(harvest, manifest);
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

    /// <summary>Joins the manifests of a harvest that shards wrote together, so that it counts as complete. Joining again changes nothing.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="harvestId">The harvest.</param>
    /// <returns>The harvest as a whole.</returns>
    /// <exception cref="LakeException">Shards are missing, which are named with their accounts; there is no such harvest; or the disk refuses.</exception>
    public static HarvestInfo Join(PostureLake lake, string harvestId)
    {
        var harvest = lake.Harvest(harvestId);
        if (harvest.ShardCount is not { } count)
        {
            return harvest;
        }

        if (harvest.MissingShards.Count > 0)
        {
            throw new LakeException(
                harvest.Path,
                $"of {count} shards these are not complete: {string.Join("; ", harvest.MissingShards.Select(shard => DescribeMissing(harvest, shard)))}. Run each again with its -ShardIndex, -ShardCount {count} and -HarvestId {harvestId}; what is committed is not read again. Then complete the harvest.");
        }

        var whole = harvest.Manifests[0] with
        {
            StartedAt = harvest.StartedAt,
            CompletedAt = harvest.CompletedAt,
            Accounts = [.. harvest.Manifests.SelectMany(manifest => manifest.Accounts).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal)],
            Connections = [.. harvest.Manifests.SelectMany(manifest => manifest.Connections).Distinct(StringComparer.Ordinal)],
            ShardIndex = null,
            ShardCount = null,
            Shards = [],
        };
        Write(harvest.Path, () => WriteManifest(harvest, whole));
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

    /// <summary>What is committed of an account so far.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>The services, read from the journal.</returns>
    /// <exception cref="LakeException">The journal is damaged.</exception>
    public IReadOnlyList<ServiceCommit> CommitsOf(string accountId) =>
        [.. _folder.Read(accountId).Commits.Where(commit => IsSoundCommit(accountId, commit.Service))];

    /// <summary>Records what is known of an account; may be repeated when more is known.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Record(HarvestedAccount account) => Write(_harvest.Path, () => _journal.Append(new JournalEntry { Account = account }));

    /// <summary>Begins a service of an account. One at a time an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="service">The catalog's name of the service.</param>
    /// <param name="harvestedAt">The time of reading, in UTC.</param>
    /// <returns>The writer; what is not committed when it is disposed is gone.</returns>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public ServiceWriter Begin(HarvestedAccount account, string service, DateTimeOffset harvestedAt)
    {
        long resources = 0, gaps = 0;
        lock (_accounts)
        {
            if (_accounts.TryGetValue(account.AccountId, out var committed))
            {
                (resources, gaps) = (committed.ResourcesEnd, committed.GapsEnd);
            }
        }

        CutTail(_harvest.ResourcesPath(account.AccountId), resources);
        CutTail(_harvest.GapsPath(account.AccountId), gaps);
        return new ServiceWriter(
            this,
            (_harvest.ResourcesPath(account.AccountId), resources),
            (_harvest.GapsPath(account.AccountId), gaps),
            new ServiceCommit { AccountId = account.AccountId, Service = service, HarvestedAt = harvestedAt });
    }

    /// <summary>Marks the harvest, or this shard of it, as complete.</summary>
    /// <param name="at">The time, in UTC.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Complete(DateTimeOffset at)
    {
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

    internal void Commit(ServiceCommit commit)
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

        if (begun.Manifests.FirstOrDefault(other => !new HashSet<string>(other.Services, StringComparer.Ordinal).SetEquals(manifest.Services)) is { } differing && manifest.ShardCount is not null)
        {
            throw new ArgumentException($"Shard {differing.ShardIndex} of harvest '{manifest.HarvestId}' reads other services ({string.Join(", ", differing.Services)}). Give all its shards the same -Service, or another -HarvestId.");
        }

        return manifest with { StartedAt = begun.Manifests.FirstOrDefault(own => own.ShardIndex == manifest.ShardIndex)?.StartedAt ?? manifest.StartedAt };
    }

    private static string DescribeMissing(HarvestInfo harvest, int shard)
    {
        var services = harvest.Manifests[0].Services;
        var read = harvest.Commits.Where(commit => !commit.IsOpen).ToLookup(commit => commit.AccountId, commit => commit.Service, StringComparer.Ordinal);
        var left = harvest.AccountsOf(shard).Where(account => services.Except(read[account]).Any()).ToList();
        var begun = harvest.Manifests.Any(manifest => manifest.ShardIndex == shard) ? "" : ", never begun";
        return left.Count switch
        {
            0 => $"{shard}{begun}",
            <= MostAccountsNamed => $"{shard}{begun} (to read: {string.Join(", ", left)})",
            _ => $"{shard}{begun} (to read: {string.Join(", ", left.Take(MostAccountsNamed))} and {left.Count - MostAccountsNamed} more)",
        };
    }

    private static LakeException CannotWrite(string path, Exception problem) =>
        new(path, $"the lake cannot be written ({problem.Message.TrimEnd('.')}). Make room or grant access, or give another -LakePath; then continue with -Resume: what is committed is safe.", problem);

    /// <summary>What a process that died had not committed must not be seen by those who read the file as a whole.</summary>
    private static void CutTail(string path, long end)
    {
        if (File.Exists(path) && new FileInfo(path).Length > end)
        {
            Write(path, () =>
            {
                using var file = PrivateFiles.Open(path, FileMode.Open);
                file.SetLength(end);
            });
        }
    }

    private static FileStream Lock(string path, string harvestId) =>
        PrivateFiles.TryLock(path) ?? throw new LakeException(path, $"another process is writing harvest '{harvestId}'. Wait for it, or begin a harvest of your own.");

    private static void WriteManifest(HarvestInfo harvest, HarvestManifest manifest) =>
        PrivateFiles.Replace(harvest.ManifestPath(manifest.ShardIndex), stream => JsonSerializer.Serialize(stream, manifest, LakeJson.Default.HarvestManifest));

    private void Note(ServiceCommit commit)
    {
        lock (_accounts)
        {
            if (!_accounts.TryGetValue(commit.AccountId, out var account))
            {
                _accounts[commit.AccountId] = account = new();
            }

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

    private static long End(Segment? segment) => segment is null ? 0 : segment.Offset + segment.Length;

    private bool IsSound(ServiceCommit commit) =>
        IsSound(_harvest.ResourcesPath(commit.AccountId), commit.Resources) && IsSound(_harvest.GapsPath(commit.AccountId), commit.Gaps);

    /// <summary>A member that the disk lost is read from AWS again rather than trusted.</summary>
    private static bool IsSound(string path, Segment? segment)
    {
        if (segment is null)
        {
            return true;
        }

        if (!File.Exists(path) || new FileInfo(path).Length < segment.Offset + segment.Length)
        {
            return false;
        }

        using var member = new SegmentStream(PrivateFiles.Read(path), segment);
        using var sha = SHA256.Create();
        return HashingStream.Hex(sha.ComputeHash(member)) == segment.Sha256;
    }

    /// <summary>Which services of an account are committed, and where its files end.</summary>
    private sealed class CommittedAccount
    {
        /// <summary>True for those that were not read to their end.</summary>
        public Dictionary<string, bool> Services { get; } = new(StringComparer.Ordinal);

        public long ResourcesEnd { get; set; }

        public long GapsEnd { get; set; }
    }
}
