namespace CloudPosture.Lake.Harvests;

/// <summary>How far a harvest came.</summary>
public enum HarvestStatus
{
    /// <summary>It runs, or it was interrupted and can be resumed.</summary>
    Incomplete,

    /// <summary>All it set out to read was read, or recorded as a gap.</summary>
    Complete,

    /// <summary>Somebody ended it, though accounts are missing, which it names. It cannot be resumed.</summary>
    Ended,
}
