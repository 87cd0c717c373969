using System;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Time;

namespace CloudPosture.Aws.Retry;

/// <summary>
/// The client-side rate of the adaptive mode: nothing is held back until AWS throttles; then the rate falls to 0.7 of what was
/// measured and grows again along CUBIC's curve, as in the AWS SDKs. Thread-safe.
/// </summary>
internal sealed class AdaptiveRate(TimeProvider time)
{
    private const double Beta = 0.7;
    private const double Scale = 0.4;
    private const double Smoothing = 0.8;
    private const double SlowestRate = 0.5;
    private const double BucketLength = 0.5;

    private readonly object _lock = new();
    private bool _enabled;
    private double _fillRate;
    private double _capacity;
    private double _tokens;
    private double _filledAt;
    private double _measuredRate;
    private double _measuredAt = double.NaN;
    private int _requests;
    private double _lastMaxRate;
    private double _timeWindow;
    private double _throttledAt;

    private double Now => time.GetTimestamp() / (double)time.TimestampFrequency;

    /// <summary>Waits until a request may go.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        while (WaitTime() is { } wait)
        {
            await time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a request's outcome into account.</summary>
    public void Update(bool throttled)
    {
        lock (_lock)
        {
            Measure();
            var now = Now;
            double rate;
            if (throttled)
            {
                _lastMaxRate = _enabled ? Math.Min(_measuredRate, _fillRate) : _measuredRate;
                _timeWindow = Math.Pow(_lastMaxRate * (1 - Beta) / Scale, 1.0 / 3);
                _throttledAt = now;
                _enabled = true;
                rate = _lastMaxRate * Beta;
            }
            else
            {
                rate = (Scale * Math.Pow(now - _throttledAt - _timeWindow, 3)) + _lastMaxRate;
            }

            if (_enabled)
            {
                SetRate(Math.Min(rate, 2 * _measuredRate));
            }
        }
    }

    /// <summary>Takes a token, or says how long to wait for one.</summary>
    internal TimeSpan? WaitTime()
    {
        lock (_lock)
        {
            if (!_enabled)
            {
                return null;
            }

            Refill();
            if (_tokens >= 1)
            {
                _tokens--;
                return null;
            }

            return TimeSpan.FromSeconds((1 - _tokens) / _fillRate);
        }
    }

    private void SetRate(double rate)
    {
        Refill();
        _fillRate = Math.Max(rate, SlowestRate);
        _capacity = Math.Max(rate, 1);
        _tokens = Math.Min(_tokens, _capacity);
    }

    private void Refill()
    {
        var now = Now;
        _tokens = Math.Min(_capacity, _tokens + ((now - _filledAt) * _fillRate));
        _filledAt = now;
    }

    private void Measure()
    {
        var bucket = Math.Floor(Now / BucketLength) * BucketLength;
        _requests++;
        if (double.IsNaN(_measuredAt))
        {
            _measuredAt = bucket;
        }
        else if (bucket > _measuredAt)
        {
            _measuredRate = (_requests / (bucket - _measuredAt) * Smoothing) + (_measuredRate * (1 - Smoothing));
            _requests = 0;
            _measuredAt = bucket;
        }
    }
}
