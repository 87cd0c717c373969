using System;

namespace CloudPosture.Harvest;

/// <summary>The harvest of an account cannot go on now; what is committed stays, and the rest can be resumed.</summary>
internal sealed class HarvestStoppedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether it ends because the budget of calls is used up.</summary>
    public bool IsBudget { get; init; }
}
