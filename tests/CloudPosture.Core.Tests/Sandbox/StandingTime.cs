using System;

namespace CloudPosture.Tests.Sandbox;

/// <summary>A clock that stands at the time it was made, so that two readers are told the same.</summary>
internal sealed class StandingTime : TimeProvider
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => _now;
}
