using System.Threading;

namespace CloudPosture.Harvest.Calls;

/// <summary>The calls that a harvest may still send. Thread-safe.</summary>
internal sealed class CallBudget(long? limit)
{
    private long _left = limit ?? long.MaxValue;
    private int _servicesRead;

    /// <summary>Why the harvest stops when there is none left.</summary>
    public string Reason => $"The budget of {limit} calls is used up";

    /// <summary>Whether any service was read to its end within the budget; if not, the same budget would never get anywhere.</summary>
    public bool HasReadAny => Volatile.Read(ref _servicesRead) > 0;

    /// <summary>A service was read to its end.</summary>
    public void ServiceRead() => Interlocked.Increment(ref _servicesRead);

    /// <exception cref="HarvestStoppedException">There is none left.</exception>
    public void Take()
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw new HarvestStoppedException($"{Reason}.", ResumeAdvice.Now) { IsBudget = true };
        }
    }
}
