namespace CloudPosture.Errors;

/// <summary>What kind of mishap an error is.</summary>
public enum ErrorKind : byte
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>A value that was given does not do.</summary>
    InvalidArgument,

    /// <summary>A file's content does not do.</summary>
    InvalidData,

    /// <summary>It cannot be done as things stand.</summary>
    InvalidOperation,

    /// <summary>It was begun and did not end as it should.</summary>
    InvalidResult,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is such a thing already.</summary>
    Exists,

    /// <summary>Something else uses it.</summary>
    Busy,

    /// <summary>It is not to be had now.</summary>
    Unavailable,

    /// <summary>A permission is missing.</summary>
    Denied,

    /// <summary>Who asks is not known, or no longer.</summary>
    Unauthenticated,

    /// <summary>It would have led elsewhere than it should.</summary>
    Security,

    /// <summary>Something could not be reached.</summary>
    Connection,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>Too much was asked.</summary>
    Limit,

    /// <summary>An answer is not what it should be.</summary>
    Protocol,

    /// <summary>There is no way to do it here.</summary>
    NotSupported,

    /// <summary>A file or folder cannot be read or written.</summary>
    Storage,
}
