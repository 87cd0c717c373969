namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>The work that one question may take. What would take more is not decided, so that no document can stall an assessment.</summary>
internal sealed class Work
{
    // About ten milliseconds; policies of AWS's greatest length, made to be hard, stay below.
    private const int Most = 600_000;

    // What finding texts to try must leave for trying them, and what that must leave for choosing among them.
    private const int ForTrying = Most / 2;
    private const int ForChoosing = Most / 8;
    private long _left = Most;
    private bool _isCurtailed;

    public bool IsSpent => _left < 0;

    /// <summary>Whether something was left out, so that what was not found may be there all the same.</summary>
    public bool IsExhausted => _isCurtailed || IsSpent;

    /// <summary>Takes some of it.</summary>
    /// <returns>False where none is left.</returns>
    public bool Spend(long steps)
    {
        _left -= steps;
        return _left >= 0;
    }

    /// <summary>Takes some of it to find texts that requests may hold.</summary>
    /// <returns>False where that would leave too little to try them.</returns>
    public bool SpendFinding(long steps) => SpendAbove(ForTrying, steps);

    /// <summary>Takes some of it to see what a text meets.</summary>
    /// <returns>False where that would leave too little to choose among them.</returns>
    public bool SpendTrying(long steps) => SpendAbove(ForChoosing, steps);

    /// <summary>Takes some of it to spare what follows, if that leaves enough; without it nothing is left out.</summary>
    /// <returns>False where it would leave too little.</returns>
    public bool SpendSparing(long steps)
    {
        if (_left - steps < ForChoosing)
        {
            return false;
        }

        _left -= steps;
        return true;
    }

    /// <summary>Notes that something was left out.</summary>
    public void Curtail() => _isCurtailed = true;

    private bool SpendAbove(int reserve, long steps)
    {
        var isLeft = _left - steps >= reserve;
        _left -= isLeft ? steps : 0;
        _isCurtailed |= !isLeft;
        return isLeft;
    }
}
