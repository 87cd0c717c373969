using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Delegation;

/// <summary>The time, which tests make pass as they like.</summary>
/// <param name="UtcNow">Tells it.</param>
/// <param name="DelayAsync">Waits.</param>
public sealed record DelegationClock(Func<DateTimeOffset> UtcNow, Func<TimeSpan, CancellationToken, Task> DelayAsync)
{
    /// <summary>The machine's.</summary>
    public static DelegationClock System { get; } = new(() => DateTimeOffset.UtcNow, Task.Delay);
}
