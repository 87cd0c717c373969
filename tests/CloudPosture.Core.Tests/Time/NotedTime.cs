using System;
using System.Collections.Generic;

namespace CloudPosture.Tests.Time;

/// <summary>A time that stands still and notes how long was waited.</summary>
/// <param name="now">The time; null for the machine's, which does not stand.</param>
internal sealed class NotedTime(DateTimeOffset? now = null) : LeapingTime
{
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>Called at each pause.</summary>
    public Action? AtPause { get; init; }

    /// <summary>The pauses so far.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_pauses)
            {
                return [.. _pauses];
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => now ?? base.GetUtcNow();

    protected override void Leap(TimeSpan pause)
    {
        lock (_pauses)
        {
            _pauses.Add(pause);
        }

        AtPause?.Invoke();
    }
}
