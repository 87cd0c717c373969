using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;
using CloudPosture.Text;

namespace CloudPosture.Reporting;

/// <summary>Markdown as GitHub, GitLab and Azure DevOps show it: counts, accounts, failing rules, and every finding, the worst first.</summary>
internal sealed class MarkdownReport(Stream stream) : IReportWriter
{
    private const string Marks = "\\`*_{}[]()#+-.!|<>&~:@$^=\"'";
    private readonly StreamWriter _text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };

    public void Begin(Report report)
    {
        var counts = report.Counts;
        _text.WriteLine("# AWS posture");
        _text.WriteLine();
        _text.WriteLine(counts.All.Total == 0
            ? "There are no findings."
            : FormattableString.Invariant($"Findings: {counts.All.Total}. Accounts: {counts.Accounts.Count()}. What they tell of was read from {ReportTime.Iso(counts.Oldest!.Value)} to {ReportTime.Iso(counts.Newest!.Value)}."));
        WriteTable("By severity", ["Severity", .. StatusNames], ((Severity[])Enum.GetValues(typeof(Severity)))
            .OrderByDescending(severity => severity)
            .Select(severity => Row(severity.ToString(), counts.Of(severity))));
        WriteTable("Accounts", ["Account", "Id", .. StatusNames], counts.Accounts.Select(account => (IReadOnlyList<string>)[Code(account.Name), .. Row(Code(account.Id), account.Counts)]));
        WriteTable(
            "Rules that fail",
            ["Rule", "Severity", "What should be so", "Fail"],
            counts.Rules.Where(rule => rule.Counts.Worst is not null)
                .OrderByDescending(rule => rule.Counts.Worst)
                .ThenByDescending(rule => rule.Counts[FindingStatus.Fail])
                .Select(rule => (IReadOnlyList<string>)[Code(rule.Id), rule.Counts.Worst.ToString()!, Escape(rule.Name), Number(rule.Counts[FindingStatus.Fail])]));
        WriteHead("Findings", ["Severity", "Status", "Rule", "Resource", "Region", "Account", "Evidence"]);
    }

    public void Write(Finding finding) => WriteRow(
    [
        finding.Severity.ToString(),
        finding.Status.ToString(),
        Code(finding.RuleId),
        Code(finding.ResourceName),
        Code(finding.Region),
        Code(finding.AccountName),
        Code(finding.Evidence),
    ]);

    public void End() => _text.Flush();

    public void Dispose() => _text.Dispose();

    private static IEnumerable<string> StatusNames => Enum.GetNames(typeof(FindingStatus));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Row(string name, StatusCounts counts) =>
        [name, .. ((FindingStatus[])Enum.GetValues(typeof(FindingStatus))).Select(status => Number(counts[status]))];

    // Between backticks nothing is markup, a link or a mention; a bar would end the cell even there.
    private static string Code(string text)
    {
        var plain = HostileText.Plain(text).Replace('`', '\'').Replace('|', '¦').Trim();
        return plain.Length == 0 ? "" : $"`{plain}`";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in HostileText.Plain(text))
        {
            escaped.Append(Marks.IndexOf(character) >= 0 ? "\\" : "").Append(character);
        }

        return escaped.ToString();
    }

    private void WriteTable(string title, IReadOnlyList<string> names, IEnumerable<IReadOnlyList<string>> rows)
    {
        WriteHead(title, names);
        foreach (var row in rows)
        {
            WriteRow(row);
        }
    }

    private void WriteHead(string title, IReadOnlyList<string> names)
    {
        _text.WriteLine();
        _text.WriteLine("## " + title);
        _text.WriteLine();
        WriteRow(names);
        WriteRow(names.Select(_ => "---"));
    }

    private void WriteRow(IEnumerable<string> cells) => _text.WriteLine($"| {string.Join(" | ", cells)} |");
}
