using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Lake.Harvests;

/// <summary>Which services of which accounts a harvest holds, and where the accounts' files end. Thread-safe.</summary>
internal sealed class CommittedAccounts
{
    private readonly Dictionary<string, CommittedAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>What is known of an account; hold its <see cref="CommittedAccount.Files"/> while appending to them.</summary>
    public CommittedAccount Of(string accountId)
    {
        lock (_accounts)
        {
            if (!_accounts.TryGetValue(accountId, out var account))
            {
                _accounts[accountId] = account = new();
            }

            return account;
        }
    }

    /// <summary>Whether anything of a service is committed.</summary>
    public bool Has(string accountId, string service) => Find(accountId, account => account.Services.ContainsKey(service));

    /// <summary>Whether a service is read to its end, or was left out as fresh.</summary>
    public bool IsDone(string accountId, string service) => Find(accountId, account => IsWhole(account, service) || account.Fresh.Contains(service));

    /// <summary>The services that are left out of an account as fresh.</summary>
    public IReadOnlyList<string> FreshOf(string accountId)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) ? account.Fresh : [];
        }
    }

    /// <summary>Notes what was committed.</summary>
    public void Note(ServiceCommit commit)
    {
        lock (_accounts)
        {
            var account = Of(commit.AccountId);
            account.Services[commit.Service] = commit.IsOpen;
            account.ResourcesEnd = Math.Max(account.ResourcesEnd, HarvestFiles.End(commit.Resources));
            account.GapsEnd = Math.Max(account.GapsEnd, HarvestFiles.End(commit.Gaps));
        }
    }

    /// <summary>Notes what is left out.</summary>
    public void NoteFresh(HarvestedAccount record)
    {
        lock (_accounts)
        {
            Of(record.AccountId).Fresh = record.Fresh;
        }
    }

    private static bool IsWhole(CommittedAccount account, string service) => account.Services.TryGetValue(service, out var isOpen) && !isOpen;

    private bool Find(string accountId, Func<CommittedAccount, bool> predicate)
    {
        lock (_accounts)
        {
            return _accounts.TryGetValue(accountId, out var account) && predicate(account);
        }
    }
}
