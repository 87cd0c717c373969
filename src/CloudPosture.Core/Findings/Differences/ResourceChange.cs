namespace CloudPosture.Findings.Differences;

/// <summary>What became of a resource.</summary>
public enum ResourceChange
{
    /// <summary>It is there, and was not.</summary>
    Added,

    /// <summary>It was there, and is not.</summary>
    Removed,

    /// <summary>A member of it is not what it was.</summary>
    Changed,
}
