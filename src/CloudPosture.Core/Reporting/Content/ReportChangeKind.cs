namespace CloudPosture.Reporting.Content;

/// <summary>What became of a finding.</summary>
public enum ReportChangeKind
{
    /// <summary>Fails, and was not there before.</summary>
    New,

    /// <summary>Fails, and passed before.</summary>
    Regressed,

    /// <summary>Passes, and failed before.</summary>
    Resolved,

    /// <summary>Failed before, and what it was about is no more.</summary>
    Gone,
}
