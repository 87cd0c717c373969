namespace CloudPosture.Graph;

/// <summary>How far something is exposed.</summary>
public enum ExposureDegree
{
    /// <summary>Everything on the way lets it through.</summary>
    Reachable,

    /// <summary>It stands open, by its security group, its policy or its permissions, and something else stops what comes.</summary>
    Stopped,

    /// <summary>It lets nobody in.</summary>
    Closed,

    /// <summary>What would decide was not read.</summary>
    Unknown,
}
