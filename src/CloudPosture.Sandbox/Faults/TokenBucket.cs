using System;
using System.Threading;

namespace CloudPosture.Sandbox.Faults;

/// <summary>Holds calls up to a capacity and refills with time.</summary>
internal sealed class TokenBucket
{
    private readonly Lock _gate = new();
    private readonly double _capacity;
    private readonly double _refillPerSecond;
    private readonly TimeProvider _clock;
    private double _tokens;
    private long _filledAt;

    public TokenBucket(double capacity, double refillPerSecond, TimeProvider clock)
    {
        (_capacity, _refillPerSecond, _clock) = (capacity, refillPerSecond, clock);
        (_tokens, _filledAt) = (capacity, clock.GetTimestamp());
    }

    public bool TryTake()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            _tokens = Math.Min(_capacity, _tokens + _clock.GetElapsedTime(_filledAt, now).TotalSeconds * _refillPerSecond);
            _filledAt = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
