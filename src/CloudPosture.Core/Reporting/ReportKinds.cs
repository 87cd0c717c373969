using System.Collections.Generic;
using CloudPosture.Reporting.Collecting;
using CloudPosture.Reporting.Html;
using CloudPosture.Reporting.Json;
using CloudPosture.Reporting.SecurityHub;
using CloudPosture.Reporting.Sheets;
using CloudPosture.Reporting.TestResults;

namespace CloudPosture.Reporting;

/// <summary>The formats there are. A new one is a line here and a writer.</summary>
internal static class ReportKinds
{
    private static readonly Dictionary<ReportFormat, ReportKind> Kinds = new()
    {
        [ReportFormat.Csv] = new(ReportOrder.AsGiven, stream => new CsvReport(stream)),
        [ReportFormat.Json] = new(ReportOrder.AsGiven, stream => new JsonReport(stream)),
        [ReportFormat.Sarif] = new(ReportOrder.ByAccount, stream => new SarifReport(stream)) { Warning = SarifReport.Warning },
        [ReportFormat.JUnit] = new(ReportOrder.ByAccount, stream => new JUnitReport(stream)),
        [ReportFormat.NUnit] = new(ReportOrder.ByAccount, stream => new NUnitReport(stream)),
        [ReportFormat.Html] = new(ReportOrder.AsGiven, stream => new HtmlReportWriter(stream)) { Warning = HtmlReportWriter.Warning },
        [ReportFormat.Markdown] = new(ReportOrder.WorstFirst, stream => new MarkdownReport(stream)),
        [ReportFormat.Xlsx] = new(ReportOrder.ByAccount, stream => new XlsxReport(stream)),
        [ReportFormat.Ocsf] = new(ReportOrder.AsGiven, stream => new OcsfReport(stream)),
        [ReportFormat.Asff] = new(ReportOrder.ByAccount, stream => new AsffReport(stream)),
        [ReportFormat.ProwlerCsv] = new(ReportOrder.AsGiven, stream => new ProwlerCsvReport(stream)),
    };

    /// <summary>How a format is written.</summary>
    public static ReportKind Of(ReportFormat format) => Kinds[format];
}
