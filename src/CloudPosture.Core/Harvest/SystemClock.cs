using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Harvest;

/// <summary>The machine's time; it never goes back, even where the machine's clock is set.</summary>
internal sealed class SystemClock : IHarvestClock
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly Stopwatch _since = Stopwatch.StartNew();

    public DateTimeOffset UtcNow => _start + _since.Elapsed;

    public Task DelayAsync(TimeSpan delay, CancellationToken ct) => Task.Delay(delay, ct);
}
