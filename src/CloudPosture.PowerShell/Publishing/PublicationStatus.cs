namespace CloudPosture.PowerShell.Publishing;

/// <summary>How publishing went.</summary>
public enum PublicationStatus
{
    /// <summary>All was taken.</summary>
    Complete,

    /// <summary>Some findings were refused.</summary>
    Incomplete,

    /// <summary>Nothing was taken.</summary>
    Failed,
}
