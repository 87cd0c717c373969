namespace CloudPosture.Assessment.Policies;

/// <summary>The work that one question may take. What would take more is not decided, so that no document can stall an assessment.</summary>
internal sealed class Work
{
    // About ten milliseconds; policies of AWS's greatest length, made to be hard, stay below.
    private const int Most = 600_000;
    private int _left = Most;
    private bool _isCurtailed;

    /// <summary>Whether nothing is left.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Whether not everything was looked at, so that nothing found is no answer.</summary>
    public bool IsExhausted => IsSpent || _isCurtailed;

    /// <summary>Notes that something was not looked at, though work is left for the rest.</summary>
    public void Curtail() => _isCurtailed = true;

    /// <summary>Takes some of it.</summary>
    /// <returns>False where none is left.</returns>
    public bool Spend(int steps)
    {
        _left -= steps;
        return _left >= 0;
    }
}
