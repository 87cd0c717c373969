using System;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Harvest;

/// <summary>The time, which tests make pass as they like.</summary>
internal interface IHarvestClock
{
    DateTimeOffset UtcNow { get; }

    Task DelayAsync(TimeSpan delay, CancellationToken ct);
}
