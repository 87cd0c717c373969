namespace CloudPosture.Aws;

/// <summary>What a failed call means to its caller.</summary>
public enum AwsErrorKind
{
    /// <summary>None of the others: the call itself is wrong, or the service refuses it in its own way.</summary>
    Other,

    /// <summary>Too many calls; a later attempt may succeed.</summary>
    Throttled,

    /// <summary>The caller may not do this.</summary>
    AccessDenied,

    /// <summary>A fault of the service or of the connection; another attempt may succeed.</summary>
    Transient,

    /// <summary>No whole answer came in time; another attempt may succeed.</summary>
    TimedOut,

    /// <summary>The session's credentials have ended.</summary>
    ExpiredCredentials,

    /// <summary>AWS does not know the credentials.</summary>
    InvalidCredentials,

    /// <summary>This machine's clock is wrong.</summary>
    ClockSkew,

    /// <summary>No connection could be made to the endpoint.</summary>
    Unreachable,

    /// <summary>The account has not enabled the Region.</summary>
    RegionDisabled,

    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>The answer could not be understood: it is damaged, or not AWS's.</summary>
    Malformed,

    /// <summary>The endpoint does not know the operation, so that asking again is in vain.</summary>
    UnknownOperation,
}
