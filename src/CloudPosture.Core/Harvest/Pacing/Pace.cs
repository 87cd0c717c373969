using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Pacing;

/// <summary>Keeps one service of one account within its rates: a bucket for each Region and class of operations, first come first served.</summary>
internal sealed class Pace
{
    private readonly ServiceEntry _service;
    private readonly double _quotaShare;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Region, RateEntry Rate, string? Operation), Lane> _lanes;

    /// <param name="service">The service.</param>
    /// <param name="quotaShare">The share of its rates to use.</param>
    /// <param name="clock">The time.</param>
    /// <param name="shared">The buckets of others who call the service in the same account; null for none.</param>
    public Pace(ServiceEntry service, double quotaShare, TimeProvider clock, ConcurrentDictionary<(string Region, RateEntry Rate, string? Operation), Lane>? shared = null)
    {
        _service = service;
        _quotaShare = quotaShare;
        _clock = clock;
        _lanes = shared ?? new();
        foreach (var lane in _lanes)
        {
            lane.Value.Bucket.Limit(lane.Key.Rate.Bucket * quotaShare, lane.Key.Rate.Refill * quotaShare, clock.UtcNow);
        }
    }

    /// <summary>Waits until a call may go.</summary>
    public Task WaitAsync(string region, string operation, CancellationToken cancellationToken) => WaitAsync(region, operation, null, cancellationToken);

    /// <summary>Waits until a call may go.</summary>
    /// <param name="region">The Region to call.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="calls">Hears of the wait; null where nobody need know.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task WaitAsync(string region, string operation, CallTurn? calls, CancellationToken cancellationToken)
    {
        var lane = LaneOf(region, operation);
        await lane.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (lane.Bucket.Take(_clock.UtcNow) is { Ticks: > 0 } wait)
            {
                await (calls is null ? _clock.DelayAsync(wait, cancellationToken) : calls.WaitAsync(_service, () => _clock.DelayAsync(wait, cancellationToken))).ConfigureAwait(false);
            }
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    /// <summary>AWS said "slow down".</summary>
    public void Throttled(string region, string operation, TimeSpan? retryAfter) =>
        LaneOf(region, operation).Bucket.Throttled(_clock.UtcNow, retryAfter);

    private Lane LaneOf(string region, string operation)
    {
        var rate = _service.RateOf(operation);
        return _lanes.GetOrAdd((region, rate, rate.PerOperation ? operation : null), key =>
            new Lane(new TokenBucket(key.Rate.Bucket * _quotaShare, key.Rate.Refill * _quotaShare, _clock.UtcNow), new SemaphoreSlim(1)));
    }

    /// <summary>A bucket, and the turn to take from it, so that those who wait do not wake all at once.</summary>
    internal sealed record Lane(TokenBucket Bucket, SemaphoreSlim Turn);
}
