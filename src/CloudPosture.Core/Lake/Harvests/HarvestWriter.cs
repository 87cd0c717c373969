using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Files;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Harvests;

/// <summary>Writes one harvest, or one shard of it. Accounts, and the services of one account, may be written side by side.</summary>
public sealed class HarvestWriter : IDisposable
{
    private readonly HarvestInfo _harvest;
    private readonly HarvestFolder _folder;
    private readonly Journal _journal;
    private readonly FileStream _lock;
    private readonly CommittedAccounts _committed = new();
    private HarvestManifest _manifest;

    private HarvestWriter(HarvestInfo harvest, HarvestManifest manifest, FileStream @lock)
    {
        _harvest = harvest;
        _folder = new HarvestFolder(harvest.Path, harvest.JournalPath(manifest.ShardIndex));
        _manifest = manifest;
        _lock = @lock;
        _journal = Journal.Open(harvest.JournalPath(manifest.ShardIndex), manifest.HarvestId);
        try
        {
            foreach (var account in _folder.CommittedAccounts().Union(manifest.Accounts, StringComparer.Ordinal))
            {
                TakeUp(account);
            }
        }
        catch
        {
            _journal.Dispose();
            throw;
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
            @lock = HarvestFiles.Lock(harvest.JournalPath(manifest.ShardIndex) + ".lock", manifest.HarvestId);
            HarvestRemoval.RefuseIfRemoved(harvest.Path, manifest.HarvestId);
            var begun = HarvestInfo.ReadManifests(harvest.Path);
            manifest = HarvestContinuation.Of(begun, manifest);
            if (begun?.Manifests.Contains(manifest) != true)
            {
                HarvestFiles.WriteManifest(harvest, manifest);
            }

            return new HarvestWriter(harvest, manifest, @lock);
        }
        catch (Exception problem) when (PrivateFiles.IsRefusal(problem))
        {
            @lock?.Dispose();
            throw HarvestFiles.CannotWrite(harvest.Path, problem);
        }
        catch
        {
            @lock?.Dispose();
            throw;
        }
    }

    /// <summary>Whether a service need not be read in this harvest: it is read already, or was found fresh enough.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="service">The catalog's name of the service.</param>
    public bool IsDone(string accountId, string service) => _committed.IsDone(accountId, service);

    /// <summary>The services that this harvest leaves out of an account, because they were read recently enough.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    public IReadOnlyList<string> FreshOf(string accountId) => _committed.FreshOf(accountId);

    /// <summary>Takes a service that was not read to its end as it is, or leaves it to be read again.</summary>
    /// <param name="commit">What is committed of it.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    internal void Settle(ServiceCommit commit) => HarvestFiles.Write(_harvest.Path, () => Commit(commit));

    /// <summary>What was committed of a service that was not read to its end; null for one that was never read, or was read whole.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <param name="service">The catalog's name of the service.</param>
    /// <exception cref="LakeException">The journal is damaged.</exception>
    internal ServiceCommit? OpenCommitOf(string accountId, string service) =>
        _committed.Has(accountId, service) ? CommitsOf(accountId).FirstOrDefault(commit => commit.Service == service) : null;

    /// <summary>What is committed of an account so far.</summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <returns>The services, read from the journal.</returns>
    /// <exception cref="LakeException">The journal is damaged.</exception>
    public IReadOnlyList<ServiceCommit> CommitsOf(string accountId) =>
        [.. _folder.Read(accountId).Commits.Where(commit => _committed.Has(accountId, commit.Service))];

    /// <summary>Records what is known of an account; may be repeated when more is known.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Record(HarvestedAccount account)
    {
        HarvestFiles.Write(_harvest.Path, () => _journal.Append(new JournalEntry { Account = account }));
        _committed.NoteFresh(account);
        _committed.Of(account.AccountId).IsPending = true;
    }

    /// <summary>Records calls that belong to no service that was read to its end.</summary>
    /// <param name="calls">The calls; none are left out.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Record(SentCalls calls)
    {
        if (calls.Operations.Count > 0)
        {
            HarvestFiles.Write(_harvest.Path, () => _journal.Append(new JournalEntry { Calls = calls }));
        }
    }

    /// <summary>
    /// Waits until what is committed of an account is on the disk. A machine that loses its power before loses what it had not written by
    /// itself: checksums tell, and whoever resumes the harvest reads that again.
    /// </summary>
    /// <param name="accountId">The account, 12 digits.</param>
    /// <exception cref="LakeException">The disk refuses.</exception>
    internal void Secure(string accountId)
    {
        var account = _committed.Of(accountId);
        if (!account.IsPending)
        {
            return;
        }

        HarvestFiles.Write(_harvest.Path, () =>
        {
            HarvestFiles.Secure(_harvest.ResourcesPath(accountId));
            HarvestFiles.Secure(_harvest.GapsPath(accountId));
            _journal.Secure();
        });
        account.IsPending = false;
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
        HarvestFiles.Write(_harvest.Path, () =>
        {
            _journal.Secure();
            HarvestFiles.WriteManifest(_harvest, _manifest);
        });
    }

    /// <summary>Closes the files. The harvest stays resumable unless it is complete.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    /// <summary>Appends what was read of a service to its account's files, and commits it.</summary>
    /// <returns>What was committed, with where it lies.</returns>
    internal ServiceCommit Commit(ServiceCommit commit, MemberDraft? resources, MemberDraft? gaps)
    {
        var account = _committed.Of(commit.AccountId);
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
                PrivateFiles.Quietly(() => HarvestFiles.Cut(_harvest.ResourcesPath(commit.AccountId), account.ResourcesEnd));
                PrivateFiles.Quietly(() => HarvestFiles.Cut(_harvest.GapsPath(commit.AccountId), account.GapsEnd));
                throw;
            }
        }
    }

    private void Commit(ServiceCommit commit)
    {
        _journal.Append(new JournalEntry { Service = commit });
        _committed.Note(commit);
        _committed.Of(commit.AccountId).IsPending = true;
    }

    private void TakeUp(string accountId)
    {
        var (record, commits) = _folder.Read(accountId);
        foreach (var commit in commits.Where(IsSound))
        {
            _committed.Note(commit);
        }

        if (record is { Fresh.Count: > 0 })
        {
            _committed.NoteFresh(record);
        }

        CutTails(accountId);
    }

    /// <summary>Takes away what is not committed of an account.</summary>
    private void CutTails(string accountId)
    {
        var account = _committed.Of(accountId);
        HarvestFiles.CutTail(_harvest.ResourcesPath(accountId), account.ResourcesEnd);
        HarvestFiles.CutTail(_harvest.GapsPath(accountId), account.GapsEnd);
        PrivateFiles.ForgetDrafts(_harvest.ResourcesPath(accountId));
        PrivateFiles.ForgetDrafts(_harvest.GapsPath(accountId));
    }

    private bool IsSound(ServiceCommit commit) =>
        HarvestFiles.IsSound(_harvest.ResourcesPath(commit.AccountId), commit.Resources) && HarvestFiles.IsSound(_harvest.GapsPath(commit.AccountId), commit.Gaps);
}
