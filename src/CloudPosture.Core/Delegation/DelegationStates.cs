using System;

namespace CloudPosture.Delegation;

/// <summary>What the states of a delegation request mean.</summary>
public static class DelegationStates
{
    private static readonly TimeSpan UnassignedLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>Reads AWS's name of a state: <c>PENDING_APPROVAL</c>, or <c>PENDING APPROVAL</c> as some notifications spell it.</summary>
    /// <param name="text">The name.</param>
    /// <param name="state">The state.</param>
    /// <returns>False for an unknown name.</returns>
    public static bool TryParse(string? text, out DelegationState state) =>
        Enum.TryParse(text?.Replace("_", "").Replace(" ", ""), ignoreCase: true, out state) && state != DelegationState.Sending && Enum.IsDefined(typeof(DelegationState), state);

    /// <summary>True where nothing can change any more.</summary>
    /// <param name="state">The state.</param>
    public static bool IsFinal(this DelegationState state) => state is DelegationState.Finalized or DelegationState.Rejected or DelegationState.Expired;

    /// <summary>Whether a request may get from one state to another, in any number of steps.</summary>
    /// <param name="from">The present state.</param>
    /// <param name="to">The later state.</param>
    public static bool CanBecome(this DelegationState from, DelegationState to) => !from.IsFinal() && to > from;

    /// <summary>When a request expires that stays as it is.</summary>
    /// <param name="state">The state.</param>
    /// <param name="since">When it got there.</param>
    /// <returns>The moment; null where it does not expire.</returns>
    public static DateTimeOffset? Expiry(this DelegationState state, DateTimeOffset since) => state switch
    {
        DelegationState.Unassigned or DelegationState.Sending => since + UnassignedLife,
        DelegationState.Assigned or DelegationState.PendingApproval or DelegationState.Accepted => since + Life,
        _ => null,
    };
}
