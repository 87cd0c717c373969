using System;
using System.Threading;
using CloudPosture.Aws;

namespace CloudPosture.Harvest.Calls;

/// <summary>What one service pass knows of a Region, or of one operation there. Thread-safe.</summary>
internal sealed class CircuitBreaker
{
    private readonly object _gate = new();
    private AwsServiceException? _openedBy;
    private DateTimeOffset _askAgainAt;
    private long _answers;
    private long _successes;

    /// <summary>Why it is not asked now; null while it is.</summary>
    public AwsServiceException? OpenedBy => Volatile.Read(ref _openedBy);

    /// <summary>How often it answered, if only with an error.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>How often it answered with what was asked for.</summary>
    public long Successes => Interlocked.Read(ref _successes);

    /// <summary>An answer came: whatever was wrong is over.</summary>
    public void Answered(bool isSuccess)
    {
        Interlocked.Increment(ref _answers);
        if (isSuccess)
        {
            Interlocked.Increment(ref _successes);
            Volatile.Write(ref _openedBy, null);
        }
    }

    /// <summary>Asks no more.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="askAgainAt">When one call may find out whether that is over; the end of time for never.</param>
    /// <returns>False where that was decided before.</returns>
    public bool TryOpen(AwsServiceException reason, DateTimeOffset askAgainAt)
    {
        lock (_gate)
        {
            _askAgainAt = askAgainAt;
            return Interlocked.CompareExchange(ref _openedBy, reason, null) is null;
        }
    }

    /// <summary>Lets one call through where it is time to find out.</summary>
    /// <param name="now">The time.</param>
    /// <param name="rest">How long the others wait for what it finds.</param>
    public bool TryProbe(DateTimeOffset now, TimeSpan rest)
    {
        lock (_gate)
        {
            if (now < _askAgainAt)
            {
                return false;
            }

            _askAgainAt = now + rest;
            return true;
        }
    }
}
