using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace CloudPosture.Lake.Harvests;

/// <summary>A harvest's folder, read as far as it was asked for and again when it changed: whoever asks for account after account reads no line twice. Thread-safe.</summary>
/// <param name="path">The folder.</param>
/// <param name="journal">The one journal to read, which is all that concerns a shard; null for all.</param>
internal sealed class HarvestFolder(string path, string? journal = null)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, JournalIndex> _journals = new(StringComparer.Ordinal);
    private static readonly AccountEntries Nothing = new(null, []);
    private IReadOnlyList<JournalIndex>? _latest;
    private HarvestInfo? _manifests;
    private string _manifestsAsOf = "";

    /// <summary>The manifests alone.</summary>
    /// <returns>Null where there is none: the process that made the folder died at once.</returns>
    /// <exception cref="LakeException">A manifest is damaged.</exception>
    public HarvestInfo? Manifests()
    {
        lock (_gate)
        {
            return Removed.Else(path, ReadManifests, null);
        }
    }

    /// <summary>The accounts of which something is committed.</summary>
    /// <exception cref="LakeException">A journal is damaged before its last line.</exception>
    public IReadOnlyList<string> CommittedAccounts()
    {
        lock (_gate)
        {
            return Removed.Else<IReadOnlyList<string>>(path, () => [.. Journals().SelectMany(journal => journal.CommittedAccounts)], []);
        }
    }

    /// <summary>The accounts of which anything is known.</summary>
    /// <exception cref="LakeException">A journal is damaged before its last line.</exception>
    public IReadOnlyList<string> Accounts()
    {
        lock (_gate)
        {
            return Removed.Else<IReadOnlyList<string>>(path, () => [.. Journals().SelectMany(journal => journal.Accounts)], []);
        }
    }

    /// <summary>What the journals hold of an account.</summary>
    /// <exception cref="LakeException">A journal is damaged before its last line.</exception>
    public AccountEntries Read(string accountId)
    {
        lock (_gate)
        {
            return Removed.Else(path, () => Read(Journals(), accountId), Nothing);
        }
    }

    /// <summary>The same as of the last look: for whoever asks for account after account, and looked before the first.</summary>
    /// <exception cref="LakeException">A journal is damaged before its last line.</exception>
    public AccountEntries ReadAgain(string accountId)
    {
        lock (_gate)
        {
            try
            {
                return Removed.Else(path, () => Read(_latest ?? Journals(), accountId), Nothing);
            }
            catch (LakeException)
            {
                // A writer may have cut a line since.
                return Removed.Else(path, () => Read(Journals(), accountId), Nothing);
            }
        }
    }

    private HarvestInfo? ReadManifests()
    {
        var asOf = string.Join("|", HarvestInfo.ManifestFiles(path)
            .Select(file => new FileInfo(file))
            .Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        if (asOf != _manifestsAsOf)
        {
            _manifests = HarvestInfo.ReadManifests(path);
            _manifestsAsOf = asOf;
        }

        return _manifests;
    }

    private static AccountEntries Read(IReadOnlyList<JournalIndex> journals, string accountId)
    {
        HarvestedAccount? account = null;
        var commits = new Dictionary<string, ServiceCommit>(StringComparer.Ordinal);
        foreach (var entry in journals.SelectMany(journal => journal.Read(accountId)))
        {
            account = entry.Account ?? account;
            if (entry.Service is { } commit)
            {
                commits[commit.Service] = commit;
            }
        }

        return new AccountEntries(account, [.. commits.Values]);
    }

    private IReadOnlyList<JournalIndex> Journals()
    {
        _latest = null;
        var indexes = new List<JournalIndex>();
        foreach (var file in journal is null ? HarvestInfo.JournalFiles(path) : [journal])
        {
            if (!_journals.TryGetValue(file, out var index))
            {
                _journals[file] = index = new JournalIndex(file, HarvestInfo.FolderId(path));
            }

            index.Refresh();
            indexes.Add(index);
        }

        return _latest = indexes;
    }
}
