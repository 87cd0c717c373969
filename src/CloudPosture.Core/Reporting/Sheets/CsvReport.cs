using System;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Sheets;

/// <summary>Comma-separated rows under the names of a finding's properties.</summary>
internal sealed class CsvReport(Stream stream) : IReportWriter
{
    private readonly CsvText _csv = new(stream, ',');

    public void Begin(Report report) => _csv.Row(FindingColumns.All.Select(column => column.Name));

    public void Write(Finding finding) =>
        _csv.Row(FindingColumns.All.Select(column => column.Value(finding) is DateTimeOffset time ? ReportTime.Iso(time) : (string)column.Value(finding)));

    public void End() => _csv.Flush();

    public void Dispose() => _csv.Dispose();
}
