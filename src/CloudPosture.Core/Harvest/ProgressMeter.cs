using System;
using System.Threading;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Time;

namespace CloudPosture.Harvest;

/// <summary>Counts what a harvest does, and tells it a few times a second. Thread-safe.</summary>
internal sealed class ProgressMeter(IProgress<HarvestProgress>? listener, TimeProvider clock, int accounts, int services)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly DateTimeOffset _start = clock.UtcNow;
    private long _nextReport;
    private long _calls;
    private long _throttled;
    private long _resources;
    private int _accountsDone;
    private int _servicesDone;
    private int _servicesSkipped;

    public void Called(AccountTarget account, string service)
    {
        Interlocked.Increment(ref _calls);
        Report(account, service, isForced: false);
    }

    public void Throttled() => Interlocked.Increment(ref _throttled);

    /// <summary>An account stands still for a while.</summary>
    public void Waits(AccountTarget account, string service, string why) => Report(account, service, isForced: true, why);

    public void ServiceDone(AccountTarget account, string service, long resources)
    {
        Interlocked.Add(ref _resources, resources);
        Interlocked.Increment(ref _servicesDone);
        listener?.Report(Now(account, service, clock.UtcNow - _start) with { Finished = resources });
    }

    /// <summary>Services that need not be read, or will not be, count as done, but say nothing of the speed.</summary>
    public void ServicesSkipped(int count)
    {
        Interlocked.Add(ref _servicesDone, count);
        Interlocked.Add(ref _servicesSkipped, count);
    }

    /// <summary>An account is done with; the services that it ended before will not be read now.</summary>
    public void AccountDone(AccountTarget account, int servicesLeft)
    {
        ServicesSkipped(servicesLeft);
        Interlocked.Increment(ref _accountsDone);
        Report(account, "", isForced: true);
    }

    private void Report(AccountTarget account, string service, bool isForced, string? wait = null)
    {
        if (listener is null)
        {
            return;
        }

        var now = clock.UtcNow;
        var due = Interlocked.Read(ref _nextReport);
        if (isForced || (now.UtcTicks >= due && Interlocked.CompareExchange(ref _nextReport, (now + Interval).UtcTicks, due) == due))
        {
            listener.Report(Now(account, service, now - _start) with { Wait = wait });
        }
    }

    private HarvestProgress Now(AccountTarget account, string service, TimeSpan elapsed)
    {
        var calls = Interlocked.Read(ref _calls);
        var done = Volatile.Read(ref _servicesDone);
        var read = done - Volatile.Read(ref _servicesSkipped);
        return new HarvestProgress
        {
            AccountId = account.AccountId,
            Service = service,
            AccountsDone = Volatile.Read(ref _accountsDone),
            Accounts = accounts,
            ServicesDone = done,
            Services = services,
            Calls = calls,
            Throttled = Interlocked.Read(ref _throttled),
            Resources = Interlocked.Read(ref _resources),
            CallsPerSecond = elapsed > TimeSpan.Zero ? calls / elapsed.TotalSeconds : 0,
            Remaining = read > 0 ? TimeSpan.FromTicks(elapsed.Ticks / read * (services - done)) : null,
        };
    }
}
