namespace CloudPosture.Connections;

/// <summary>How a check of a connection went.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Passed,

    /// <summary>It works, but something should be changed.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>Not tried: it does not apply, or an earlier check failed.</summary>
    Skipped,
}
