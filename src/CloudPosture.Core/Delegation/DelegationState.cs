namespace CloudPosture.Delegation;

/// <summary>Where a delegation request stands, in the order of its life.</summary>
public enum DelegationState
{
    /// <summary>Written down here; whether AWS took it is not known, because sending broke off.</summary>
    Sending,

    /// <summary>Sent; nobody in the owner's account has taken it up. It expires after a day.</summary>
    Unassigned,

    /// <summary>Someone of the owner's account has taken it up. It expires after seven days.</summary>
    Assigned,

    /// <summary>Its owner has forwarded it to an administrator for approval. It expires after seven days.</summary>
    PendingApproval,

    /// <summary>Approved; the exchange token is not released yet. It expires after seven days.</summary>
    Accepted,

    /// <summary>Approved, and the exchange token was released. Nothing can change it any more.</summary>
    Finalized,

    /// <summary>Refused.</summary>
    Rejected,

    /// <summary>Nobody acted in time.</summary>
    Expired,
}
