using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Harvest.Pacing;

/// <summary>
/// Keeps the calls in flight for an account to one service at a time, and tells when none is in flight and something only waits:
/// then the next service may begin. Thread-safe.
/// </summary>
internal sealed class CallTurn
{
    private readonly object _gate = new();
    private readonly HashSet<ServiceEntry> _starting = [];
    private List<Caller> _queue = [];
    private TaskCompletionSource<bool>? _lull;
    private ServiceEntry? _service;
    private int _inFlight;
    private int _waits;

    private bool IsLull => _inFlight == 0 && _waits > 0 && _starting.Count == 0;

    /// <summary>A service begins; until it calls or waits for the first time it counts as busy.</summary>
    public void Starting(ServiceEntry service)
    {
        lock (_gate)
        {
            _starting.Add(service);
        }
    }

    /// <summary>A service is read.</summary>
    public void Ended(ServiceEntry service)
    {
        lock (_gate)
        {
            _starting.Remove(service);
            TellLull();
        }
    }

    /// <summary>Waits until a call may fly; <see cref="Leave"/> ends it.</summary>
    public async Task EnterAsync(ServiceEntry service, CancellationToken cancellationToken)
    {
        Caller caller;
        lock (_gate)
        {
            _starting.Remove(service);
            if (_inFlight == 0 || _service == service)
            {
                Admit(service);
                return;
            }

            caller = new Caller(service, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            _queue.Add(caller);
        }

        using (cancellationToken.Register(() => caller.Ready.TrySetCanceled()))
        {
            await caller.Ready.Task.ConfigureAwait(false);
        }
    }

    /// <summary>A call is answered.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _inFlight--;
            while (_inFlight == 0 && _queue.Count > 0)
            {
                AdmitNext(_queue[0].Service);
            }

            TellLull();
        }
    }

    /// <summary>Waits for what a service waits for, its pace or the pause after an error.</summary>
    public async Task WaitAsync(ServiceEntry service, Func<Task> wait)
    {
        lock (_gate)
        {
            _starting.Remove(service);
            _waits++;
            TellLull();
        }

        try
        {
            await wait().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _waits--;
            }
        }
    }

    /// <summary>Ends when nothing is in flight and something waits.</summary>
    public Task LullAsync()
    {
        lock (_gate)
        {
            if (IsLull)
            {
                return Task.CompletedTask;
            }

            _lull ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _lull.Task;
        }
    }

    private void Admit(ServiceEntry service)
    {
        _service = service;
        _inFlight++;
    }

    /// <summary>Lets all calls of a service go that wait for their turn.</summary>
    private void AdmitNext(ServiceEntry service)
    {
        var next = _queue.Where(caller => caller.Service == service).ToList();
        _queue = [.. _queue.Where(caller => caller.Service != service)];
        foreach (var caller in next)
        {
            Admit(service);
            if (!caller.Ready.TrySetResult(true))
            {
                _inFlight--;
            }
        }
    }

    private void TellLull()
    {
        if (IsLull)
        {
            _lull?.TrySetResult(true);
            _lull = null;
        }
    }

    private sealed record Caller(ServiceEntry Service, TaskCompletionSource<bool> Ready);
}
