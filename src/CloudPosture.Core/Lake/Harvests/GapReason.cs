namespace CloudPosture.Lake.Harvests;

/// <summary>Why something could not be read.</summary>
public enum GapReason
{
    /// <summary>AWS refused the call for lack of a permission, or by a service control policy.</summary>
    AccessDenied,

    /// <summary>The Region is not enabled in the account.</summary>
    RegionDisabled,

    /// <summary>The service has no endpoint in the Region.</summary>
    ServiceUnavailable,

    /// <summary>AWS kept throttling beyond the allowed attempts.</summary>
    Throttled,

    /// <summary>The endpoint could not be reached, or hung.</summary>
    Unreachable,

    /// <summary>AWS answered with any other error, or with something that could not be understood.</summary>
    Failed,
}
