using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Catalog;

namespace CloudPosture.Harvest;

/// <summary>Keeps one service of one account within its rates: a bucket for each Region and class of operations, first come first served.</summary>
internal sealed class Pace(ServiceEntry service, double quotaShare, IHarvestClock clock)
{
    private readonly ConcurrentDictionary<(string Region, RateEntry Rate, string? Operation), Lane> _lanes = new();

    /// <summary>Waits until a call may go.</summary>
    public async Task WaitAsync(string region, string operation, CancellationToken ct)
    {
        var lane = LaneOf(region, operation);
        await lane.Turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            while (lane.Bucket.Take(clock.UtcNow) is { Ticks: > 0 } wait)
            {
                await clock.DelayAsync(wait, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    /// <summary>AWS said "slow down".</summary>
    public void Throttled(string region, string operation, TimeSpan? retryAfter) =>
        LaneOf(region, operation).Bucket.Throttled(clock.UtcNow, retryAfter);

    private Lane LaneOf(string region, string operation)
    {
        var rate = service.RateOf(operation);
        return _lanes.GetOrAdd((region, rate, rate.PerOperation ? operation : null), key =>
            new Lane(new TokenBucket(key.Rate.Bucket * quotaShare, key.Rate.Refill * quotaShare, clock.UtcNow), new SemaphoreSlim(1)));
    }

    /// <summary>A bucket, and the turn to take from it, so that those who wait do not wake all at once.</summary>
    private sealed record Lane(TokenBucket Bucket, SemaphoreSlim Turn);
}
