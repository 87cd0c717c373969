namespace CloudPosture.PowerShell.Access;

/// <summary>How surely something can be done.</summary>
public enum PostureCertainty : byte
{
    /// <summary>All that decides was read, and lets it be done.</summary>
    Certain,

    /// <summary>It hangs on what no harvest shows, or on what was not read.</summary>
    Conditional,
}
