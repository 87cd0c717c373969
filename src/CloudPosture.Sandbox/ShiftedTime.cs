using System;

namespace CloudPosture.Sandbox;

/// <summary>The machine's time, moved: a clock that is wrong, or time that passes at once.</summary>
public sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    /// <summary>What is added to the machine's time; may be negative.</summary>
    public TimeSpan Shift { get; set; } = shift;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Shift;
}
