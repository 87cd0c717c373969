using System;
using CloudPosture.Errors;

namespace CloudPosture.Harvest;

/// <summary>The harvest of an account cannot go on now; what is committed stays, and the rest can be resumed.</summary>
internal sealed class HarvestStoppedException(string message, Advice? advice = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How it goes on; null where the message says all.</summary>
    public Advice? Advice => advice;

    /// <summary>Whether it ends because the budget of calls is used up.</summary>
    public bool IsBudget { get; init; }
}
