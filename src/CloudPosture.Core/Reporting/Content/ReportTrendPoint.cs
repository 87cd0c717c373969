using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>How the findings stood at a time.</summary>
/// <param name="At">The time, in UTC.</param>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">How many failed, by severity; one that is missing counts as none.</param>
public sealed record ReportTrendPoint(DateTimeOffset At, int Passed, IReadOnlyDictionary<Severity, int> Failed);
