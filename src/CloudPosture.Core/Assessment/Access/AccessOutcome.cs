namespace CloudPosture.Assessment.Access;

/// <summary>What policies say to a request.</summary>
public enum AccessOutcome : byte
{
    /// <summary>Nothing allows it.</summary>
    NotAllowed,

    /// <summary>A Deny refuses it.</summary>
    Denied,

    /// <summary>It hangs on what is not known: a condition key of the request, or a policy that was not read.</summary>
    Unknown,

    /// <summary>It is allowed.</summary>
    Allowed,
}
