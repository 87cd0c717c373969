using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Errors;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake;

/// <summary>
/// The folder that holds all harvests: <c>harvest=ID/{resources,gaps,findings}/account=ID/part-0.jsonl.gz</c>, gzipped JSON Lines
/// that DuckDB, Athena, Spark and zcat read as they stand. Reading needs no server, and each answer is a stream.
/// </summary>
public sealed class PostureLake
{
    private const string FolderPrefix = "harvest=";
    private const int LongestId = 128;
    private readonly ConcurrentDictionary<string, HarvestFolder> _folders = new(StringComparer.Ordinal);
    private readonly DamageReport _damage = new();
    private readonly MemberReader _members;
    private readonly FindingReader _findings;
    private readonly SnapshotReader _snapshots;

    private PostureLake(string path)
    {
        Path = path;
        _members = new MemberReader(_damage);
        _findings = new FindingReader(_members, _damage);
        _snapshots = new SnapshotReader(this, _damage);
    }

    /// <summary>The lake's folder.</summary>
    public string Path { get; }

    /// <summary>What is wrong with the rights of the lake's folder, for a warning; null where nothing is.</summary>
    public string? Exposure => PrivateFiles.ExposureOf(Path);

    /// <summary>
    /// What to do with a file that is damaged: it is handed over once, and reading goes on with what is sound. What the damaged
    /// file held counts as not read, not as absent. Null: the error is thrown.
    /// </summary>
    public Action<LakeException>? OnDamage { get => _damage.Listener; set => _damage.Listener = value; }

    /// <summary>Opens a lake; nothing is read or created yet.</summary>
    /// <param name="path">The folder, which need not exist.</param>
    /// <returns>The lake.</returns>
    /// <exception cref="LakeException">The path is a file.</exception>
    public static PostureLake Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return File.Exists(full)
            ? throw new LakeException(full, "this is a file; a lake is a folder. Give the folder's path.")
            : new PostureLake(full);
    }

    /// <summary>A new harvest's id: ids sort by the time they were made.</summary>
    /// <param name="at">The time, in UTC.</param>
    /// <returns>For instance <c>20261120T211833Z-5f0c9a</c>.</returns>
    public static string NewHarvestId(DateTimeOffset at) =>
        FormattableString.Invariant($"{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N").Substring(0, 6)}");

    /// <summary>Whether the folder holds no harvest, or is not there.</summary>
    public bool IsEmpty => !Folders().Any();

    /// <summary>All harvests with what they committed, newest first.</summary>
    /// <returns>The harvests.</returns>
    public IReadOnlyList<HarvestInfo> Harvests() =>
        [.. Folders().Select(harvest => _damage.Guard(() => Removed.Else<HarvestInfo?>(harvest.Manifests.Path, harvest.Manifests.ReadJournals, null))).OfType<HarvestInfo>()];

    /// <summary>One harvest.</summary>
    /// <param name="harvestId">Its id.</param>
    /// <returns>The harvest with what it committed.</returns>
    /// <exception cref="LakeException">There is no such harvest, or it is damaged.</exception>
    public HarvestInfo Harvest(string harvestId) => Manifests(harvestId).Manifests.ReadJournals();

    /// <summary>One harvest, by its manifests alone: what it committed is not looked at.</summary>
    /// <param name="harvestId">Its id.</param>
    /// <returns>The harvest; null where there is none of the id.</returns>
    /// <exception cref="LakeException">The harvest is damaged.</exception>
    public HarvestInfo? FindHarvest(string harvestId) =>
        Directory.Exists(HarvestPath(harvestId)) ? Folder(HarvestPath(harvestId)).Manifests() : null;

    /// <summary>Every account the lake knows, each with the latest commit of each of its services, sorted by account.</summary>
    /// <returns>The snapshots, read as they are asked for; so is what they hold.</returns>
    public IEnumerable<IAccountSnapshot> LatestAccounts() => Snapshots();

    /// <summary>An account with the latest commit of each of its services.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>The snapshot; null where nothing is committed of the account.</returns>
    public IAccountSnapshot? LatestAccount(string accountId) => Latest(accountId);

    /// <summary>The accounts of one harvest alone, sorted.</summary>
    /// <param name="harvestId">Its id.</param>
    /// <returns>The snapshots, read as they are asked for; so is what they hold.</returns>
    /// <exception cref="LakeException">There is no such harvest, or it is damaged.</exception>
    public IEnumerable<IAccountSnapshot> Accounts(string harvestId) => Snapshots(harvestId);

    /// <summary>The accounts of one harvest, or of all that is latest, sorted.</summary>
    internal IEnumerable<LakeSnapshot> Snapshots(string? harvestId = null) => _snapshots.Read(harvestId is null ? Folders() : [Manifests(harvestId)]);

    /// <summary>The accounts as they were known at a moment, sorted.</summary>
    internal IEnumerable<LakeSnapshot> Accounts(LakeMoment moment) =>
        (moment.HarvestId is { } id ? Snapshots(id) : _snapshots.Read(Folders(moment.AsOf), moment.AsOf));

    /// <summary>Streams resources.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The resources, account by account; each enumeration reads again.</returns>
    public IEnumerable<Resource> ReadResources(ResourceQuery query)
    {
        var accounts = new Filter(query.AccountIds);
        var services = new Filter(query.Services);
        var types = new Filter(query.Types);
        return Snapshots(query.HarvestId)
            .Where(snapshot => accounts.Wants(snapshot.AccountId))
            .SelectMany(snapshot => snapshot.Parts()
                .Where(part => services.Wants(part.Commit.Service) && part.Commit.Types.Keys.Any(types.Wants) && snapshot.DamageOf(part.Commit.Service) is null))
            .SelectMany(part => ReadResources(part.Harvest, part.Commit, query).Where(part.Counts ?? (_ => true)));
    }

    /// <summary>Streams what could not be read: the gaps of services, and whole services that a harvest did not come to.</summary>
    /// <param name="harvestId">One harvest; null for the latest of each account and service.</param>
    /// <returns>The gaps, account by account; each enumeration reads again.</returns>
    public IEnumerable<AccountGap> ReadAllGaps(string? harvestId = null) =>
        Snapshots(harvestId).SelectMany(account => account.AllGaps());

    /// <summary>The latest gaps of an account.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>The gaps; empty where the lake does not know the account.</returns>
    public IReadOnlyList<ReadGap> ReadGaps(string accountId) =>
        LatestAccount(accountId)?.Gaps ?? [];

    /// <summary>Streams findings: of one harvest, or of each account's and service's latest assessment.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The findings, account by account; each enumeration reads again.</returns>
    public IEnumerable<Finding> ReadFindings(FindingQuery query)
    {
        if (query.HarvestId is { } id)
        {
            var harvest = Manifests(id).Manifests;
            return FindingReader.Accounts(harvest, query.AccountIds).SelectMany(account => _findings.OfHarvest(harvest, account, query));
        }

        var harvests = Folders(query.AsOf).Select(folder => folder.Manifests).ToList();
        return harvests
            .SelectMany(harvest => FindingReader.Accounts(harvest, query.AccountIds))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(account => _findings.Latest(harvests, account, query));
    }

    /// <summary>The assessments that the lake holds, with the harvests they are of; the order is none.</summary>
    internal IEnumerable<(HarvestInfo Harvest, AccountAssessed Note)> Assessments(IReadOnlyCollection<string>? accountIds = null) =>
        from folder in Folders()
        from account in FindingReader.Accounts(folder.Manifests, accountIds)
        let note = _findings.Note(folder.Manifests, account)
        where note is not null
        select (folder.Manifests, note);

    /// <summary>The counts of an assessment, which are those of its findings: read where they were kept, else counted.</summary>
    internal IReadOnlyCollection<FindingCount> Counts(HarvestInfo harvest, AccountAssessed assessment) => _findings.Counts(harvest, assessment);

    /// <summary>Begins the findings of an account, which are about the services that the harvest set out to read.</summary>
    /// <param name="harvestId">The harvest they come from.</param>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="assessedAt">The time of the assessment; null for now.</param>
    /// <returns>The writer; what is not committed when it is disposed is gone.</returns>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public FindingWriter WriteFindings(string harvestId, string accountId, DateTimeOffset? assessedAt = null)
    {
        var harvest = Manifests(harvestId).Manifests;
        var assessment = new AccountAssessed { HarvestId = harvestId, AccountId = accountId, AssessedAt = assessedAt ?? TimeProvider.System.GetUtcNow(), Services = harvest.Services };
        return new(harvest, assessment, FindingReader.Before(harvest, accountId));
    }

    /// <summary>Shows other processes that write to this lake that an account is being read, until what is held is disposed or this process ends, however it does.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="held">Null where it was not to be had.</param>
    /// <returns>False where another process has it.</returns>
    internal bool TryHold(string accountId, out IDisposable? held)
    {
        try
        {
            held = FileLock.TryLock(System.IO.Path.Combine(Path, $"account-{AccountIds.Check(accountId)}.lock"));
            return held is not null;
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            // What the disk refuses here it refuses those who write, who say so better.
            held = null;
            return true;
        }
    }

    internal LakeSnapshot? Latest(string accountId) => _snapshots.Read(Folders(), accountId);

    /// <summary>Makes sure that an id can be a harvest's.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="SettingException">It cannot; the message says what can.</exception>
    public static void CheckId(string id)
    {
        if (id.Length is 0 or > LongestId || id[0] == '.' || !id.All(IsOfId))
        {
            throw new SettingException($"'{id}' cannot be a harvest's id: it names a folder, so it is of at most {LongestId} letters, digits, '-', '_' and '.', and does not begin with '.'.");
        }

        static bool IsOfId(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.';
    }

    /// <exception cref="SettingException">The id cannot be a harvest's.</exception>
    internal string HarvestPath(string harvestId)
    {
        CheckId(harvestId);
        return System.IO.Path.Combine(Path, FolderPrefix + harvestId);
    }

    /// <summary>Reads the resources of a commit that was found sound.</summary>
    internal IEnumerable<Resource> ReadResources(HarvestInfo harvest, ServiceCommit commit, ResourceQuery query)
    {
        var types = new Filter(query.Types);
        var regions = new Filter(query.Regions);
        var ids = new Filter(query.Ids);
        var connections = new Filter(query.Connections);
        var pool = new StringPool();
        return commit.Resources is not { } segment ? []
            : _members.ReadSound(harvest, harvest.ResourcesPath(commit.AccountId), segment, line => ResourceLine.Read(line.AsSpan(), pool, types, regions, ids))
            .Where(resource => connections.Wants(resource.Connection));
    }

    internal IEnumerable<ReadGap> ReadGaps(HarvestInfo harvest, ServiceCommit commit) =>
        _members.Read(harvest, harvest.GapsPath(commit.AccountId), commit.Gaps, line => JsonSerializer.Deserialize(line.AsSpan(), LakeJson.Default.ReadGap));

    /// <summary>What is wrong with the data of a commit, which is told; null where nothing is.</summary>
    internal LakeException? DamageOf(HarvestInfo harvest, ServiceCommit commit)
    {
        var damage = MemberReader.DamageOf(harvest, harvest.ResourcesPath(commit.AccountId), commit.Resources)
            ?? MemberReader.DamageOf(harvest, harvest.GapsPath(commit.AccountId), commit.Gaps);
        if (damage is not null)
        {
            _damage.Tell(damage);
        }

        return damage;
    }

    /// <summary>What the lake remembers of a harvest's folder.</summary>
    internal HarvestFolder Folder(string harvestPath) => _folders.GetOrAdd(harvestPath, path => new HarvestFolder(path));

    private (HarvestFolder Folder, HarvestInfo Manifests) Manifests(string harvestId)
    {
        var path = HarvestPath(harvestId);
        return Directory.Exists(path) && Folder(path) is var folder && folder.Manifests() is { } manifests
            ? (folder, manifests)
            : throw new LakeException(Path, $"there is no harvest '{harvestId}' in this lake.", advice: new Advice("List the harvests there are.", "HarvestsList"));
    }

    /// <summary>The harvests, newest first.</summary>
    /// <param name="asOf">The time, in UTC, after which none may have begun; null for all.</param>
    internal IReadOnlyList<(HarvestFolder Folder, HarvestInfo Manifests)> Folders(DateTimeOffset? asOf = null) =>
        !Directory.Exists(Path)
            ? []
            : [.. Directory.GetDirectories(Path, FolderPrefix + "*")
                .Select(Folder)
                .Select(folder => (Folder: folder, Manifests: _damage.Guard(folder.Manifests)!))
                .Where(harvest => harvest.Manifests is not null && !(harvest.Manifests.StartedAt > asOf))
                .OrderByDescending(harvest => harvest.Manifests.StartedAt)
                .ThenByDescending(harvest => harvest.Manifests.HarvestId, StringComparer.Ordinal)];
}
