using System;

namespace CloudPosture.Delegation;

/// <summary>Something about a delegation request that failed. The message says what is wrong, how things were left, and what to do.</summary>
public sealed class DelegationException : Exception
{
    internal DelegationException(DelegationError error, string message, Exception? cause = null)
        : base(message, cause) => Error = error;

    /// <summary>Why.</summary>
    public DelegationError Error { get; }
}
