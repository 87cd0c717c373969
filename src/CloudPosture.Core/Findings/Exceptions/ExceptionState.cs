namespace CloudPosture.Findings.Exceptions;

/// <summary>What is to be said of an exception.</summary>
public enum ExceptionState
{
    /// <summary>In force, and it covers a failure; or nothing was assessed yet.</summary>
    Active,

    /// <summary>In force, and ends within two weeks.</summary>
    ExpiresSoon,

    /// <summary>Out of force: what it covered fails again.</summary>
    Expired,

    /// <summary>In force, and covers no failure.</summary>
    Unused,
}
