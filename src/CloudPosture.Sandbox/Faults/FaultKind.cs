namespace CloudPosture.Sandbox.Faults;

/// <summary>What goes wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>An error answer with a status and code.</summary>
    Error,

    /// <summary>The body ends before its announced length, and the connection closes.</summary>
    TruncatedBody,

    /// <summary>The body stops half-way, and the sandbox closes its half of the connection in good order.</summary>
    HalfClosed,

    /// <summary>A body that is neither XML nor JSON, with status 200.</summary>
    MalformedBody,

    /// <summary>No body at all, with status 200.</summary>
    EmptyBody,

    /// <summary>A sound document with status 200 that is not the service's: what proxies put in place of an answer.</summary>
    ForeignBody,

    /// <summary>The body that <see cref="Fault.Rewrite"/> makes of the answer's own, with status 200.</summary>
    RewrittenBody,

    /// <summary>An HTML page with status 200, as a proxy would send.</summary>
    WrongContentType,

    /// <summary>No answer until the client gives up.</summary>
    Hang,

    /// <summary>The connection is reset.</summary>
    ConnectionReset,

    /// <summary>Each page carries the token it was asked with.</summary>
    RepeatedPageToken,

    /// <summary>The pages never end.</summary>
    EndlessPages,

    /// <summary>The answer is sent a few bytes at a time.</summary>
    SlowBody,

    /// <summary>The call is answered, and the StackSet operation that it begins ends as FAILED before it reaches an account.</summary>
    FailedOperation,
}
