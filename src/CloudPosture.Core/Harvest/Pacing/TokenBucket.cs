using System;

namespace CloudPosture.Harvest.Pacing;

/// <summary>
/// The rate of one class of operations in one account and Region. It starts at what we allow ourselves, halves when AWS throttles
/// and grows back slowly. Thread-safe.
/// </summary>
internal sealed class TokenBucket
{
    private const double Decrease = 0.5;
    private const double LowestShare = 0.02;

    // From half the rate back to all of it in 50 seconds.
    private const double IncreasePerSecond = 0.01;

    // Throttled answers to calls that were under way together count as one.
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private double _capacity;
    private double _fullRate;
    private double _rate;
    private double _tokens;
    private DateTimeOffset _filledAt;
    private DateTimeOffset _loweredAt = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <param name="capacity">How many calls may go at once.</param>
    /// <param name="rate">Calls a second.</param>
    /// <param name="now">The time; the bucket is full.</param>
    public TokenBucket(double capacity, double rate, DateTimeOffset now)
    {
        _capacity = Math.Max(1, capacity);
        _fullRate = _rate = rate;
        _tokens = _capacity;
        _filledAt = now;
    }

    /// <summary>The present rate, calls a second.</summary>
    public double Rate
    {
        get
        {
            lock (_gate)
            {
                return _rate;
            }
        }
    }

    /// <summary>Allows more or less than before; what was used up stays used up, and AWS's throttling stays heeded.</summary>
    /// <param name="capacity">How many calls may go at once.</param>
    /// <param name="rate">Calls a second.</param>
    /// <param name="now">The time.</param>
    public void Limit(double capacity, double rate, DateTimeOffset now)
    {
        lock (_gate)
        {
            Fill(now);
            _rate *= rate / _fullRate;
            _fullRate = rate;
            _capacity = Math.Max(1, capacity);
            _tokens = Math.Min(_tokens, _capacity);
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Zero if it was taken; else how long to wait before asking again.</returns>
    public TimeSpan Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            Fill(now);
            if (now < _notBefore)
            {
                return _notBefore - now;
            }

            if (_tokens >= 1)
            {
                _tokens--;
                return TimeSpan.Zero;
            }

            // A tick more, so that rounding never wakes us just too early.
            return TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / _rate * TimeSpan.TicksPerSecond) + 1);
        }
    }

    /// <summary>Slows down.</summary>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">How long AWS asks to be left alone; null where it does not say.</param>
    public void Throttled(DateTimeOffset now, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            Fill(now);
            if (now - _loweredAt >= Reaction)
            {
                _rate = Math.Max(_rate * Decrease, _fullRate * LowestShare);
                _loweredAt = now;
            }

            _tokens = Math.Min(_tokens, 0);
            if (retryAfter is { } wait && now + wait > _notBefore)
            {
                _notBefore = now + wait;
            }
        }
    }

    private void Fill(DateTimeOffset now)
    {
        var seconds = (now - _filledAt).TotalSeconds;
        if (seconds <= 0)
        {
            return;
        }

        _tokens = Math.Min(_capacity, _tokens + (seconds * _rate));
        _rate = Math.Min(_fullRate, _rate + (seconds * _fullRate * IncreasePerSecond));
        _filledAt = now;
    }
}
