namespace CloudPosture.Aws.Retry;

/// <summary>AWS's ways to retry.</summary>
public enum RetryMode
{
    /// <summary>Three attempts, a quota of retries that a client shares.</summary>
    Standard,

    /// <summary>As standard, and the client slows down when it is throttled.</summary>
    Adaptive,

    /// <summary>Five attempts, without a quota.</summary>
    Legacy,
}
