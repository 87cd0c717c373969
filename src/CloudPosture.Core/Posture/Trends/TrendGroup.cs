namespace CloudPosture.Posture.Trends;

/// <summary>By what the counts of a day are told apart.</summary>
public enum TrendGroup
{
    /// <summary>By nothing: one line a day.</summary>
    Day,

    /// <summary>By severity.</summary>
    Severity,

    /// <summary>By benchmark; a finding counts in each whose requirements its rule answers.</summary>
    Benchmark,

    /// <summary>By service.</summary>
    Service,

    /// <summary>By account.</summary>
    Account,

    /// <summary>By rule.</summary>
    Rule,
}
