namespace CloudPosture.Content.Cases;

/// <summary>What a rule must say of a case.</summary>
internal enum CaseVerdict
{
    /// <summary>It passes.</summary>
    Pass,

    /// <summary>It fails.</summary>
    Fail,

    /// <summary>It cannot be assessed.</summary>
    Unknown,

    /// <summary>The rule does not apply: there is no finding.</summary>
    None,
}
