using System;
using System.IO;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Sheets;

/// <summary>The columns and words of Prowler's CSV. Checks have its ids where a rule gives the same verdict as one of them; times are in UTC.</summary>
internal sealed class ProwlerCsvReport(Stream stream) : IReportWriter
{
    private const string ListSeparator = " | ";

    private static readonly (string Name, Func<Finding, RuleFact, string> Value)[] Columns =
    [
        ("AUTH_METHOD", (finding, _) => finding.Connection),
        ("TIMESTAMP", (finding, _) => ReportTime.Text(finding.LastSeen, "yyyy-MM-dd HH:mm:ss.ffffff")),
        ("ACCOUNT_UID", (finding, _) => finding.AccountId),
        ("ACCOUNT_NAME", (finding, _) => finding.AccountName),
        ("ACCOUNT_EMAIL", Nothing),
        ("ACCOUNT_ORGANIZATION_UID", Nothing),
        ("ACCOUNT_ORGANIZATION_NAME", Nothing),
        ("ACCOUNT_TAGS", Nothing),
        ("FINDING_UID", (finding, _) => finding.FindingId),
        ("PROVIDER", (_, _) => "aws"),
        ("CHECK_ID", (finding, rule) => rule.ProwlerChecks.Count > 0 ? rule.ProwlerChecks[0] : finding.RuleId),
        ("CHECK_TITLE", (finding, _) => finding.Title),
        ("CHECK_TYPE", Nothing),
        ("STATUS", (finding, _) => StatusOf(finding.Status)),
        ("STATUS_EXTENDED", (finding, _) => finding.Status == FindingStatus.NotAssessed ? "Not assessed: " + finding.Evidence : finding.Evidence),
        ("MUTED", (finding, _) => finding.Status == FindingStatus.Excepted ? "True" : "False"),
        ("SERVICE_NAME", (finding, _) => finding.Service),
        ("SUBSERVICE_NAME", Nothing),
        ("SEVERITY", (finding, _) => finding.Severity.ToString().ToLowerInvariant()),
        ("RESOURCE_TYPE", (finding, _) => finding.ResourceType),
        ("RESOURCE_UID", (finding, _) => finding.ResourceArn),
        ("RESOURCE_NAME", (finding, _) => finding.ResourceName),
        ("RESOURCE_DETAILS", (finding, _) => finding.ResourceId),
        ("RESOURCE_TAGS", Nothing),
        ("PARTITION", (finding, _) => ResourcePlace.PartitionOf(finding)),
        ("REGION", (finding, _) => finding.Region),
        ("DESCRIPTION", (finding, _) => finding.Title),
        ("RISK", (_, rule) => rule.Rationale),
        ("RELATED_URL", (_, rule) => rule.References.Count > 0 ? rule.References[0] : ""),
        ("REMEDIATION_RECOMMENDATION_TEXT", Nothing),
        ("REMEDIATION_RECOMMENDATION_URL", (_, rule) => rule.References.Count > 0 ? rule.References[0] : ""),
        ("REMEDIATION_CODE_NATIVEIAC", Nothing),
        ("REMEDIATION_CODE_TERRAFORM", Nothing),
        ("REMEDIATION_CODE_CLI", (finding, rule) => rule.CliFor(finding)),
        ("REMEDIATION_CODE_OTHER", (finding, rule) => rule.PowerShellFor(finding)),
        ("COMPLIANCE", (_, rule) => string.Join(ListSeparator, rule.ByBenchmark.Select(answers => $"{answers.BenchmarkId}: {string.Join(", ", answers.RequirementIds)}"))),
        ("CATEGORIES", (_, rule) => string.Join(ListSeparator, rule.Tags)),
        ("DEPENDS_ON", Nothing),
        ("RELATED_TO", Nothing),
        ("NOTES", Nothing),
        ("PROWLER_VERSION", (_, _) => $"{Report.Tool} {Report.ToolVersion}"),
        ("ADDITIONAL_URLS", (_, rule) => string.Join(ListSeparator, rule.References.Skip(1))),
        ("ACCOUNT_OU_UID", Nothing),
        ("ACCOUNT_OU_NAME", Nothing),
    ];

    private readonly CsvText _csv = new(stream, ';');
    private RuleFacts _rules = RuleFacts.None;

    public void Begin(Report report)
    {
        _rules = report.Rules;
        _csv.Row(Columns.Select(column => column.Name));
    }

    public void Write(Finding finding)
    {
        var rule = _rules[finding.RuleId];
        _csv.Row(Columns.Select(column => column.Value(finding, rule)));
    }

    public void End() => _csv.Flush();

    public void Dispose() => _csv.Dispose();

    private static string Nothing(Finding finding, RuleFact rule) => "";

    // It knows no more than three: what could not be read is for a person to look at, never a pass.
    private static string StatusOf(FindingStatus status) => status switch
    {
        FindingStatus.Pass => "PASS",
        FindingStatus.Fail or FindingStatus.Excepted => "FAIL",
        _ => "MANUAL",
    };
}
