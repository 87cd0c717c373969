using System;
using System.Collections.Generic;
using System.Drawing;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Sheets;

/// <summary>A workbook: summary, accounts, rules, findings, requirements by account, resources; each a table with filters.</summary>
/// <param name="stream">Where to.</param>
/// <param name="mostRows">What a sheet holds below its head.</param>
internal sealed class XlsxReport(Stream stream, int mostRows = XlsxReport.ExcelRows) : IReportWriter
{
    private const int ExcelRows = 1_048_575;

    // Places make a file more than twice as large: what is larger than this is for Excel, which does without.
    private const int MostPlacedFindings = 50_000;

    private static readonly FindingStatus[] Statuses = (FindingStatus[])Enum.GetValues(typeof(FindingStatus));

    private static readonly (string Word, Color Colour)[] Colours =
    [
        (nameof(Severity.Critical), Color.FromArgb(0xF4, 0xB0, 0xB0)),
        (nameof(Severity.High), Color.FromArgb(0xF8, 0xCB, 0xAD)),
        (nameof(Severity.Medium), Color.FromArgb(0xFF, 0xE6, 0x99)),
        (nameof(Severity.Low), Color.FromArgb(0xDD, 0xEB, 0xF7)),
        (nameof(FindingStatus.Fail), Color.FromArgb(0xF8, 0xCB, 0xAD)),
        (nameof(FindingStatus.Pass), Color.FromArgb(0xC6, 0xE0, 0xB4)),
        (nameof(FindingStatus.NotAssessed), Color.FromArgb(0xFF, 0xE6, 0x99)),
    ];

    private Workbook? _book;
    private Report? _report;
    private bool _hasFindings;

    public void Begin(Report report)
    {
        _report = report;
        WriteSummary(report);
        WriteAccounts(report.Counts);
        WriteRules(report);
    }

    public void Write(Finding finding)
    {
        if (!_hasFindings)
        {
            BeginFindings();
            _hasFindings = true;
        }

        Book.Row([.. FindingColumns.All.Select(column => column.Value(finding))]);
    }

    public void End()
    {
        if (!_hasFindings)
        {
            BeginFindings();
        }

        WriteRequirements(_report!.Requirements());
        WriteResources(_report.Findings);
        Book.Finish();
    }

    public void Dispose() => _book?.Dispose();

    private Workbook Book => _book ??= new Workbook(stream, Colours, mostRows, hasPlaces: _report!.Counts.All.Total <= MostPlacedFindings);

    private static IEnumerable<(string Name, int Width)> StatusColumns => Statuses.Select(status => (status.ToString(), 13));

    private static IEnumerable<object?> Numbers(StatusCounts counts) => Statuses.Select(status => (object?)counts[status]);

    private void BeginFindings() =>
        Book.Sheet("Findings", [.. FindingColumns.All.Select(column => (column.Name, column.Width))], _report!.Counts.All.Total > 0);

    private void WriteSummary(Report report)
    {
        Book.Sheet("Summary", [("Summary", 28), ("Value", 28), .. StatusColumns], hasRows: true);
        foreach (var severity in ((Severity[])Enum.GetValues(typeof(Severity))).OrderByDescending(severity => severity))
        {
            var counts = report.Counts.Of(severity);
            Book.Row([severity.ToString(), counts.Total, .. Numbers(counts)]);
        }

        Book.Row(["All findings", report.Counts.All.Total, .. Numbers(report.Counts.All)]);
        Book.Row(["Accounts", (long)report.Counts.Accounts.Count()]);
        Book.Row(["Oldest reading, UTC", report.Counts.Oldest]);
        Book.Row(["Newest reading, UTC", report.Counts.Newest]);
        Book.Row(["Made, UTC", report.CreatedAt]);
        Book.Row(["Made by", $"{Report.Tool} {Report.ToolVersion}"]);
        Book.Row(["Counts and answers are those of the findings in this workbook."]);
    }

    private void WriteAccounts(ReportCounts counts)
    {
        Book.Sheet("Accounts", [("AccountId", 16), ("AccountName", 30), ("Worst", 13), .. StatusColumns], counts.All.Total > 0);
        foreach (var account in counts.Accounts)
        {
            Book.Row([account.Id, account.Name, account.Counts.Worst?.ToString(), .. Numbers(account.Counts)]);
        }
    }

    private void WriteRules(Report report)
    {
        Book.Sheet(
            "Rules",
            [("RuleId", 34), ("Title", 60), ("Worst", 13), .. StatusColumns, ("Rationale", 80), ("PowerShell", 60), ("Cli", 60), ("References", 60), ("Requirements", 60)],
            report.Counts.All.Total > 0);
        foreach (var rule in report.Counts.Rules)
        {
            var fact = report.Rules[rule.Id];
            Book.Row(
            [
                rule.Id, rule.Name, rule.Counts.Worst?.ToString(), .. Numbers(rule.Counts), fact.Rationale, fact.PowerShell, fact.Cli,
                string.Join("; ", fact.References), string.Join("; ", fact.Requirements),
            ]);
        }
    }

    private void WriteRequirements(RequirementMatrix matrix)
    {
        Book.Sheet(
            "Requirements",
            [("Benchmark", 36), ("Requirement", 14), ("Title", 70), ("Worst", 13), .. matrix.AccountIds.Select(id => (id, 16))],
            matrix.Rows.Count > 0);
        foreach (var row in matrix.Rows)
        {
            Book.Row([row.Benchmark, row.Requirement, row.Title, row.Worst, .. row.Answers]);
        }
    }

    // Findings are sorted by account and resource, so those of one resource follow one another.
    private void WriteResources(IEnumerable<Finding> findings)
    {
        Book.Sheet(
            "Resources",
            [("AccountId", 16), ("AccountName", 30), ("Region", 16), ("ResourceType", 28), ("ResourceName", 30), ("ResourceArn", 70), ("Worst", 13), .. StatusColumns],
            _report!.Counts.All.Total > 0);
        Finding? resource = null;
        var counts = new StatusCounts();
        foreach (var finding in findings)
        {
            if (resource is not null && !IsSame(resource, finding))
            {
                WriteResource(resource, counts);
                counts = new StatusCounts();
            }

            resource = finding;
            counts.Add(finding);
        }

        if (resource is not null)
        {
            WriteResource(resource, counts);
        }
    }

    private static bool IsSame(Finding left, Finding right) =>
        left.ResourceArn == right.ResourceArn && left.ResourceType == right.ResourceType && left.Region == right.Region && left.AccountId == right.AccountId;

    private void WriteResource(Finding resource, StatusCounts counts) => Book.Row(
    [
        resource.AccountId, resource.AccountName, resource.Region, resource.ResourceType, resource.ResourceName, resource.ResourceArn,
        counts.Worst?.ToString(), .. Numbers(counts),
    ]);
}
