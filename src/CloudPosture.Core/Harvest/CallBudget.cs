using System.Threading;

namespace CloudPosture.Harvest;

/// <summary>The calls that a harvest may still send. Thread-safe.</summary>
internal sealed class CallBudget(long? limit)
{
    private long _left = limit ?? long.MaxValue;

    /// <exception cref="HarvestStoppedException">There is none left.</exception>
    public void Take()
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw new HarvestStoppedException($"The budget of {limit} calls is used up. Continue with -Resume.");
        }
    }
}
