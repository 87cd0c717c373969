using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Time;

/// <summary>What is asked of time: that it is told, and that it passes.</summary>
internal static class TimeProviderExtensions
{
    extension(TimeProvider time)
    {
        /// <summary>The time now.</summary>
        public DateTimeOffset UtcNow => time.GetUtcNow();

        /// <summary>Waits, to the next whole millisecond, so that nobody wakes too early.</summary>
        public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
#if NETFRAMEWORK
            return time.Delay(whole, cancellationToken);
#else
            return Task.Delay(whole, time, cancellationToken);
#endif
        }
    }
}
