using System;
using System.Threading;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Harvest;

/// <summary>A clock that jumps over every pause.</summary>
internal sealed class JumpingClock : LeapingTime
{
    private long _ticks = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public DateTimeOffset UtcNow => GetUtcNow();

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    protected override void Leap(TimeSpan pause) => Advance(pause);
}
