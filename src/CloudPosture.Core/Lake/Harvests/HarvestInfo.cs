using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;

namespace CloudPosture.Lake.Harvests;

/// <summary>One harvest in the lake: what it set out to read and what is committed.</summary>
public sealed record HarvestInfo
{
    internal const string ManifestName = "manifest";
    internal const string JournalName = "journal";
    internal const string FindingsFolder = "findings";

    private HarvestInfo(string path, IReadOnlyList<HarvestManifest> manifests)
    {
        Path = path;
        Manifests = manifests;
        HarvestId = manifests[0].HarvestId;
        StartedAt = manifests.Min(manifest => manifest.StartedAt);
        Services = [.. manifests.SelectMany(manifest => manifest.Services).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The harvest's id.</summary>
    public string HarvestId { get; }

    /// <summary>Its folder.</summary>
    public string Path { get; }

    /// <summary>When it began, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When all of it was read, or somebody ended it; null where it is incomplete.</summary>
    public DateTimeOffset? CompletedAt => Status != HarvestStatus.Incomplete ? Manifests.Max(manifest => manifest.CompletedAt) : null;

    /// <summary>How far it came.</summary>
    public HarvestStatus Status =>
        MissingShards.Count > 0 || Manifests.Any(manifest => manifest.CompletedAt is null) ? HarvestStatus.Incomplete
        : Manifests.Any(manifest => manifest.MissingAccounts.Count > 0) ? HarvestStatus.Ended
        : HarvestStatus.Complete;

    /// <summary>The shards that are not complete: they did not end, never began, or did not see an account of theirs that another shard saw. Empty for a harvest in one piece.</summary>
    public IReadOnlyList<int> MissingShards =>
        ShardCount is not { } count
            ? []
            : [.. Enumerable.Range(0, count).Where(shard => !Manifests.Any(manifest => manifest.ShardIndex == shard && IsWhole(manifest, shard)))];

    private bool IsWhole(HarvestManifest manifest, int shard) => manifest.CompletedAt is not null && !AccountsOf(shard).Except(manifest.Accounts).Any();

    /// <summary>How many shards make the harvest; null for a harvest in one piece, or one that is joined.</summary>
    public int? ShardCount => Manifests.Max(manifest => manifest.ShardCount);

    /// <summary>The manifest, or one a shard.</summary>
    public IReadOnlyList<HarvestManifest> Manifests { get; }

    /// <summary>The catalog's names of the services it set out to read.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The accounts that were begun, by id.</summary>
    public IReadOnlyDictionary<string, HarvestedAccount> Accounts { get; private init; } = new Dictionary<string, HarvestedAccount>();

    /// <summary>The services that were read, at most one of an account and service.</summary>
    public IReadOnlyList<ServiceCommit> Commits { get; private init; } = [];

    /// <summary>The calls of the whole harvest, by account, service and operation: those of interrupted services too, and those that reached the accounts.</summary>
    public IReadOnlyList<SentCalls> Calls { get; private init; } = [];

    /// <summary>The accounts that are not read to their end, sorted.</summary>
    public IReadOnlyList<string> MissingAccounts => Status switch
    {
        HarvestStatus.Complete => [],
        HarvestStatus.Ended => [.. Manifests.SelectMany(manifest => manifest.MissingAccounts)],
        _ => [.. UnreadAccounts()],
    };

    /// <summary>The accounts that its manifests name.</summary>
    internal IEnumerable<string> SetOutToRead => Manifests.SelectMany(manifest => manifest.Accounts);

    /// <summary>The accounts of a shard, as far as any of the shards saw them.</summary>
    internal IReadOnlyList<string> AccountsOf(int shard) =>
        [.. Manifests.SelectMany(manifest => manifest.ShardIndex == shard ? manifest.Accounts : manifest.Shards.ElementAtOrDefault(shard) ?? [])
            .Distinct(StringComparer.Ordinal)
            .OrderBy(id => id, StringComparer.Ordinal)];

    internal string FindingsPath(string accountId) => PartPath(FindingsFolder, accountId);

    internal string AssessmentPath(string accountId) => System.IO.Path.Combine(Path, FindingsFolder, "account=" + AccountIds.Check(accountId), "_assessment.json");

    internal string CountsPath(string accountId) => System.IO.Path.Combine(Path, FindingsFolder, "account=" + AccountIds.Check(accountId), "_counts.json.gz");

    internal string PastFolder(string accountId) => System.IO.Path.Combine(Path, "past", "account=" + AccountIds.Check(accountId));

    internal string ResourcesPath(string accountId) => PartPath("resources", accountId);

    internal string GapsPath(string accountId) => PartPath("gaps", accountId);

    internal string ManifestPath(int? shard) => System.IO.Path.Combine(Path, FileName(ManifestName, shard) + ".json");

    internal string JournalPath(int? shard) => System.IO.Path.Combine(Path, FileName(JournalName, shard) + ".jsonl");

    /// <summary>A harvest whose manifest is about to be written.</summary>
    internal static HarvestInfo Begin(string path, HarvestManifest manifest) => new(path, [manifest]);

    /// <summary>The manifest of the whole harvest, or those of its shards.</summary>
    internal static IReadOnlyList<string> ManifestFiles(string path)
    {
        var joined = System.IO.Path.Combine(path, ManifestName + ".json");
        return File.Exists(joined) ? [joined] : Directory.GetFiles(path, ManifestName + "-*.json");
    }

    /// <summary>The journals in the order in which they count: the last line about a thing is right.</summary>
    internal static IEnumerable<string> JournalFiles(string path) =>
        Directory.GetFiles(path, JournalName + "*.jsonl").OrderBy(file => file, StringComparer.Ordinal);

    internal static string FolderId(string folder)
    {
        var name = System.IO.Path.GetFileName(folder);
        return name.Substring(name.IndexOf('=') + 1);
    }

    /// <summary>Reads the manifests alone.</summary>
    /// <returns>Null where the folder holds none: the process that made it died at once.</returns>
    /// <exception cref="LakeException">A manifest is damaged.</exception>
    internal static HarvestInfo? ReadManifests(string path)
    {
        var files = ManifestFiles(path);
        return files.Count == 0 ? null : new HarvestInfo(path, [.. files.Select(file => ReadManifest(path, file)).OrderBy(manifest => manifest.ShardIndex)]);
    }

    /// <summary>Reads the journals too.</summary>
    /// <exception cref="LakeException">A journal is damaged before its last line.</exception>
    internal HarvestInfo ReadJournals()
    {
        var accounts = new Dictionary<string, HarvestedAccount>(StringComparer.Ordinal);
        var commits = new Dictionary<(string, string), ServiceCommit>();
        var calls = new List<SentCalls>();
        foreach (var journal in JournalFiles(Path))
        {
            foreach (var entry in Journal.Read(journal, HarvestId))
            {
                if (entry.Account is { } account)
                {
                    accounts[account.AccountId] = account;
                }

                if (entry.Service is { } commit)
                {
                    // What was settled later is the same reading once more.
                    if (!commits.TryGetValue((commit.AccountId, commit.Service), out var before) || before.HarvestedAt != commit.HarvestedAt)
                    {
                        calls.Add(new SentCalls { AccountId = commit.AccountId, Service = commit.Service, Operations = commit.Statistics.Operations });
                    }

                    commits[(commit.AccountId, commit.Service)] = commit;
                }

                if (entry.Calls is { } sent)
                {
                    calls.Add(sent);
                }
            }
        }

        return this with { Accounts = accounts, Commits = [.. commits.Values], Calls = calls };
    }

    private IEnumerable<string> UnreadAccounts()
    {
        var read = Commits.Where(commit => !commit.IsOpen).ToLookup(commit => commit.AccountId, commit => commit.Service, StringComparer.Ordinal);
        return Enumerable.Range(0, ShardCount ?? 0).SelectMany(AccountsOf)
            .Concat(Manifests.SelectMany(manifest => manifest.Accounts))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(account => account, StringComparer.Ordinal)
            .Where(account => Services.Except(read[account]).Except(Accounts.TryGetValue(account, out var record) ? record.Fresh : []).Any());
    }

    private static string FileName(string name, int? shard) => shard is null ? name : FormattableString.Invariant($"{name}-{shard}");

    private static HarvestManifest ReadManifest(string folder, string file)
    {
        var id = FolderId(folder);
        try
        {
            // Another shard may be replacing it at this moment.
            using var stream = PrivateFiles.Read(file);
            var manifest = JsonSerializer.Deserialize(stream, LakeJson.Default.HarvestManifest)
                ?? throw new JsonException("It is empty.");
            return manifest.HarvestId == id && manifest.Version == 1
                ? manifest
                : throw LakeException.Damaged(file, id, $"this is the manifest of harvest '{manifest.HarvestId}', layout {manifest.Version}; harvest '{id}', layout 1 was expected.");
        }
        catch (JsonException damage)
        {
            throw LakeException.Damaged(file, id, "the manifest is damaged.", damage);
        }
    }

    private string PartPath(string kind, string accountId) =>
        System.IO.Path.Combine(Path, kind, "account=" + AccountIds.Check(accountId), "part-0.jsonl.gz");
}
