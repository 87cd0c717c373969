using System;

namespace CloudPosture.Tests.Sandbox;

/// <summary>The machine's time, moved.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public TimeSpan Shift { get; set; } = shift;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Shift;
}
