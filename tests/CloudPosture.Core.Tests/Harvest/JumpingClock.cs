using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Harvest;

namespace CloudPosture.Tests.Harvest;

/// <summary>A clock that jumps over every pause.</summary>
internal sealed class JumpingClock : IHarvestClock
{
    private long _ticks = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public DateTimeOffset UtcNow => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public Task DelayAsync(TimeSpan delay, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Advance(delay);
        return Task.CompletedTask;
    }
}
