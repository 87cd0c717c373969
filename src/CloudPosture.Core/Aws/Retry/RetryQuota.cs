using System;
using System.Threading;

namespace CloudPosture.Aws.Retry;

/// <summary>
/// The retries a client has left, so that an outage is not met with several times the load: a retry takes from the quota, a success
/// gives back. The figures are those of the AWS SDKs' standard mode. Thread-safe.
/// </summary>
internal sealed class RetryQuota
{
    public const int Capacity = 500;
    public const int Cost = 5;
    private int _left = Capacity;

    public bool TryTake()
    {
        while (true)
        {
            var left = Volatile.Read(ref _left);
            if (left < Cost)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _left, left - Cost, left) == left)
            {
                return true;
            }
        }
    }

    /// <summary>A call succeeded: its last retry's cost comes back, or one token if it needed none.</summary>
    public void Restore(bool wasRetried)
    {
        while (true)
        {
            var left = Volatile.Read(ref _left);
            var restored = Math.Min(left + (wasRetried ? Cost : 1), Capacity);
            if (restored == left || Interlocked.CompareExchange(ref _left, restored, left) == left)
            {
                return;
            }
        }
    }
}
