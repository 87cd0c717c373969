using System;
using System.IO;
using System.Threading;
using CloudPosture.Errors;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Html;

/// <summary>The HTML report as one of the formats: findings are counted as they come, and read once more for the page at the end.</summary>
internal sealed class HtmlReportWriter(Stream stream) : IReportWriter
{
    private readonly FindingPick _pick = new(HtmlReport.DefaultLimit);
    private ReportContent? _content;
    private FindingSums? _sums;
    private Report? _report;

    /// <summary>What a page does not list, as a sentence; null where it lists all.</summary>
    public static Advice? Warning(ReportCounts counts) => counts.All.Total <= HtmlReport.DefaultLimit ? null : new Advice(FormattableString.Invariant(
        $"The page counts all {counts.All.Total} findings and lists {HtmlReport.DefaultLimit}, those that matter most. Csv and Json hold all of them."));

    public void Begin(Report report)
    {
        _report = report;
        _content = report.Content() with { CreatedAt = report.CreatedAt };
        _sums = new FindingSums(_content);
    }

    public void Write(Finding finding)
    {
        _sums!.Add(finding);
        _pick.Count(finding);
    }

    // Formats are written on the thread that asked, which waits for the disk here as it does for the others.
    public void End() => HtmlReport.WriteAsync(_content!, _sums!, _pick, _report!.Findings, stream, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        // The stream is another's, and nothing else is held.
    }
}
