using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Pacing;

namespace CloudPosture.Harvest.Accounts;

/// <summary>An account that is being read, by however many harvests. Thread-safe.</summary>
internal sealed class SharedAccount(TimeProvider clock)
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<(string Region, RateEntry Rate, string? Operation), Pace.Lane>> _lanes = new(StringComparer.Ordinal);

    /// <summary>True while somebody reads one of its services.</summary>
    public bool IsBusy => _turn.CurrentCount == 0;

    /// <summary>True while somebody waits for the turn.</summary>
    public bool IsWanted => Volatile.Read(ref _waiting) > 0;

    /// <summary>Waits for the turn to read services; disposing what is given ends it.</summary>
    public async Task<IDisposable> BeginServiceAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(_turn);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The pace of a service, which all who read the account keep together.</summary>
    /// <param name="service">The service.</param>
    /// <param name="quotaShare">The share of its rates to use; infinite for no pace.</param>
    public Pace PaceOf(ServiceEntry service, double quotaShare) =>
        new(service, quotaShare, clock, double.IsInfinity(quotaShare) ? null : _lanes.GetOrAdd(service.Name, _ => new()));

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
