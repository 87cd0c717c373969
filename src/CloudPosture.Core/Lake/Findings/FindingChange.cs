namespace CloudPosture.Lake.Findings;

/// <summary>What became of a finding since the assessment before. What could not be read in between changes nothing.</summary>
public enum FindingChange
{
    /// <summary>Says what it said before, or passes and never failed.</summary>
    Unchanged,

    /// <summary>Fails, and neither failed nor passed before.</summary>
    New,

    /// <summary>Fails, and passed before.</summary>
    Regressed,

    /// <summary>Passes, and failed before.</summary>
    Resolved,

    /// <summary>Failed before, and there is nothing any more that the rule applies to. It was not put right.</summary>
    Gone,
}
