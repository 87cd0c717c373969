namespace CloudPosture.Delegation;

/// <summary>Why something about a delegation request failed.</summary>
public enum DelegationError
{
    /// <summary>A value breaks a limit; the message names both.</summary>
    Invalid,

    /// <summary>There is no such request.</summary>
    NotFound,

    /// <summary>The workflow id was used before.</summary>
    AlreadySent,

    /// <summary>Whether AWS took the request is not known.</summary>
    Unconfirmed,

    /// <summary>Only product providers that AWS has onboarded may send requests.</summary>
    NotPartner,

    /// <summary>The reviewer lacks a permission; the message names it.</summary>
    MissingPermission,

    /// <summary>The request is in a state where this cannot be done.</summary>
    WrongState,

    /// <summary>The request was rejected.</summary>
    Rejected,

    /// <summary>The request, its token or its credentials have expired.</summary>
    Expired,

    /// <summary>The exchange token is not here: it never came, or came to another session.</summary>
    NoToken,

    /// <summary>What was deployed failed and was rolled back.</summary>
    RolledBack,

    /// <summary>The new connection does not work.</summary>
    ConnectionFailed,

    /// <summary>A text is no notification about a delegation request.</summary>
    NotNotification,

    /// <summary>The records of requests cannot be read or written.</summary>
    Store,

    /// <summary>What was waited for did not come in time.</summary>
    TimedOut,
}
