using System;
using System.Threading;

namespace CloudPosture.Sandbox.Faults;

/// <summary>Holds calls up to a capacity and refills with time.</summary>
internal sealed class TokenBucket(double capacity, double refillPerSecond, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _tokens = capacity;
    private long _filledAt = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(capacity, _tokens + clock.GetElapsedTime(_filledAt, now).TotalSeconds * refillPerSecond);
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
