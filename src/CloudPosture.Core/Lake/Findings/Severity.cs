namespace CloudPosture.Lake.Findings;

/// <summary>How much a failed rule matters, worst last, so that severities compare.</summary>
public enum Severity
{
    /// <summary>Worth knowing; no risk of its own.</summary>
    Informational,

    /// <summary>Hygiene.</summary>
    Low,

    /// <summary>Weakens defence.</summary>
    Medium,

    /// <summary>Directly exposes data or privilege, or blinds detection.</summary>
    High,

    /// <summary>Exposed to anyone, or full control for the wrong one.</summary>
    Critical,
}
