using System;
using System.IO;
using CloudPosture.Errors;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting;

/// <summary>How a format is written.</summary>
/// <param name="Order">In which order it wants the findings.</param>
/// <param name="Writer">Makes its writer.</param>
internal sealed record ReportKind(ReportOrder Order, Func<Stream, IReportWriter> Writer)
{
    /// <summary>What its readers will not take, as a sentence; null where they take all.</summary>
    public Func<ReportCounts, Advice?> Warning { get; init; } = _ => null;
}
