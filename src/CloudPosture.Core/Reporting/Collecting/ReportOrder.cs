namespace CloudPosture.Reporting.Collecting;

/// <summary>In which order a format wants its findings.</summary>
internal enum ReportOrder
{
    /// <summary>As they came.</summary>
    AsGiven,

    /// <summary>By account, Region, resource and rule: the same findings give the same file.</summary>
    ByAccount,

    /// <summary>By severity, the worst first, and then as by account.</summary>
    WorstFirst,
}
