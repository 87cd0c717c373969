using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Pacing;

namespace CloudPosture.Harvest.Services;

/// <summary>Reads the services of an account one after the other; while those begun only wait, for their pace or after errors, the next begins.</summary>
/// <param name="calls">Tells when all wait.</param>
/// <param name="begin">Waits for the turn to read the account, which others of this process may have.</param>
/// <param name="mayOverlap">Whether more than one service may be begun now.</param>
/// <param name="mostBegun">How many may be begun at a time: what they hold in memory and have not committed yet grows with them; at least 1.</param>
internal sealed class ServiceSequence(CallTurn calls, Func<ServiceEntry, CancellationToken, Task<IDisposable>> begin, Func<bool> mayOverlap, int mostBegun)
{
    private readonly List<Task> _reading = [];

    /// <summary>Reads all. After a failure nothing more is begun; it is thrown when what was begun has ended.</summary>
    /// <param name="next">The next service; null for none, unless one of those that are being read brings another.</param>
    /// <param name="read">Reads a service.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RunAsync(Func<ServiceEntry?> next, Func<ServiceEntry, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IDisposable? turn = null;
        try
        {
            while (await NextAsync(next).ConfigureAwait(false) is { } service)
            {
                await WaitForPlaceAsync().ConfigureAwait(false);
                if (_reading.Count == 0)
                {
                    turn?.Dispose();
                    turn = null;
                    turn = await begin(service, cancellationToken).ConfigureAwait(false);
                }

                calls.Starting(service);
                _reading.Add(ReadAsync(service));
            }
        }
        catch (Exception problem)
        {
            // What was begun may still be read to its end, unless nobody can keep it; then it is not read again when the harvest is resumed.
            if (problem is not HarvestStoppedException)
            {
                stop.Cancel();
            }

            await SettleAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            turn?.Dispose();
        }

        async Task ReadAsync(ServiceEntry service)
        {
            try
            {
                await read(service, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                calls.Ended(service);
            }
        }
    }

    private async Task<ServiceEntry?> NextAsync(Func<ServiceEntry?> next)
    {
        var service = next();
        while (service is null && _reading.Count > 0)
        {
            await EndOneAsync(await Task.WhenAny(_reading).ConfigureAwait(false)).ConfigureAwait(false);
            service = next();
        }

        return service;
    }

    private async Task WaitForPlaceAsync()
    {
        while (_reading.Count > 0)
        {
            var lull = _reading.Count < mostBegun && mayOverlap() ? calls.LullAsync() : null;
            var first = await Task.WhenAny(lull is null ? _reading : _reading.Append(lull)).ConfigureAwait(false);
            if (first == lull)
            {
                if (mayOverlap())
                {
                    return;
                }
            }
            else
            {
                await EndOneAsync(first).ConfigureAwait(false);
            }
        }
    }

    private async Task EndOneAsync(Task read)
    {
        _reading.Remove(read);
        await read.ConfigureAwait(false);
    }

    /// <summary>Nothing may go on once the account is told to have stopped; what the first failure stopped says nothing of its own.</summary>
    private async Task SettleAsync()
    {
        foreach (var read in _reading)
        {
            try
            {
                await read.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // Whatever it is, the others are still to end before the journal is closed; the first failure is the one that is told.
            }
        }
    }
}
