using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Tests.Time;

/// <summary>Time that leaps over every pause: who waits is told of it and goes on at once.</summary>
internal abstract class LeapingTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            Leap(dueTime);
            callback(state);
        }

        return new Timer();
    }

    /// <summary>Somebody waits.</summary>
    protected abstract void Leap(TimeSpan pause);

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
