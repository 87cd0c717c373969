using System;
using System.Collections.Generic;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Accounts;

/// <summary>
/// What harvests side by side in one process share of each account that they read: its buckets, and that one service is read at a
/// time. An account is remembered while somebody reads it. Thread-safe.
/// </summary>
/// <param name="clock">The time that the buckets live in, whatever clocks the harvests have.</param>
internal sealed class SharedAccounts(TimeProvider clock)
{
    /// <summary>Those of this process.</summary>
    public static readonly SharedAccounts OfProcess = new(new SteadyTime());

    private readonly Dictionary<(string Partition, string Account), (SharedAccount Account, int Readers)> _accounts = [];

    /// <summary>How many accounts are being read.</summary>
    public int Count
    {
        get
        {
            lock (_accounts)
            {
                return _accounts.Count;
            }
        }
    }

    /// <summary>Begins to read an account; <see cref="Leave"/> ends it.</summary>
    /// <param name="target">The account.</param>
    /// <param name="isAlone">True where nobody else in this process reads it now.</param>
    public SharedAccount Enter(AccountTarget target, out bool isAlone)
    {
        lock (_accounts)
        {
            var key = (target.Partition, target.AccountId);
            isAlone = !_accounts.TryGetValue(key, out var known);
            var account = isAlone ? new SharedAccount(clock) : known.Account;
            _accounts[key] = (account, known.Readers + 1);
            return account;
        }
    }

    /// <summary>Ends reading an account.</summary>
    public void Leave(AccountTarget target)
    {
        lock (_accounts)
        {
            var key = (target.Partition, target.AccountId);
            var (account, readers) = _accounts[key];
            if (readers == 1)
            {
                _accounts.Remove(key);
            }
            else
            {
                _accounts[key] = (account, readers - 1);
            }
        }
    }
}
