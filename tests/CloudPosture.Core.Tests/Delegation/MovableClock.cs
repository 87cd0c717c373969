using System;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Delegation;

/// <summary>The sandbox's and the client's time, which moves when a test or a wait moves it.</summary>
internal sealed class MovableClock : LeapingTime
{
    // Credentials that the SDK renews end by the machine's clock, so ours starts there.
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    /// <summary>What happens during the next pause.</summary>
    public Action? DuringPause { get; set; }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;

    protected override void Leap(TimeSpan pause)
    {
        Advance(pause);
        (var meanwhile, DuringPause) = (DuringPause, null);
        meanwhile?.Invoke();
    }
}
