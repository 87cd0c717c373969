namespace CloudPosture.Alerts;

/// <summary>Why a receiver is told of a failure.</summary>
public enum AlertReason
{
    /// <summary>It was never told of it, and it is not known to have passed.</summary>
    New,

    /// <summary>It passed since, or before.</summary>
    Regressed,

    /// <summary>It weighs more than when the receiver was told.</summary>
    Worse,
}
