using System;
using System.Diagnostics;

namespace CloudPosture.Time;

/// <summary>The machine's time; it never goes back, even where the machine's clock is set.</summary>
internal sealed class SteadyTime : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly Stopwatch _since = Stopwatch.StartNew();

    public override DateTimeOffset GetUtcNow() => _start + _since.Elapsed;
}
