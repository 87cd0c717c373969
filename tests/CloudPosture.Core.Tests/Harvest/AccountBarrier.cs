using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Harvest;

/// <summary>Holds calls until as many accounts have one under way. Where they come one after the other nobody gets through.</summary>
internal sealed class AccountBarrier(int accounts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _here = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task ArriveAsync(string account)
    {
        lock (_gate)
        {
            _here.Add(account);
            if (_here.Count == accounts)
            {
                _full.TrySetResult();
            }
        }

        await _full.Task.WaitAsync(Patience);
    }
}
