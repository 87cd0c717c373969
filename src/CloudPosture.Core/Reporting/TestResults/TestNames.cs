using System;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.TestResults;

/// <summary>What findings are called where they are shown as tests. The names stay the same over harvests, so that their history is kept.</summary>
internal static class TestNames
{
    private const int Longest = 250;

    /// <summary>The suite: an account's Region.</summary>
    public static string Suite(Finding finding) => finding.AccountName == finding.AccountId
        ? $"{finding.AccountId} {finding.Region}"
        : $"{finding.AccountName} ({finding.AccountId}) {finding.Region}";

    /// <summary>The class, whose parts are separated by dots: a rule. The numbers of requirements have dots of their own.</summary>
    public static string Class(Finding finding) =>
        $"{Report.Tool}.{(finding.RuleId.IndexOf('/') < 0 ? finding.RuleId : "Manual." + finding.RuleId.Replace('.', '_'))}";

    /// <summary>The case: a rule on a resource. Azure DevOps shows it without the class.</summary>
    public static string Case(Finding finding)
    {
        var resource = finding.ResourceName == finding.ResourceId ? finding.ResourceId : $"{finding.ResourceName} ({finding.ResourceId})";
        var name = $"{finding.RuleId} {finding.AccountId} {finding.Region} {resource}";
        return name.Length <= Longest ? name : Cut.At(name, Longest - finding.FindingId.Length) + finding.FindingId;
    }

    /// <summary>What is told of a case that does not pass, line by line.</summary>
    public static string[] Details(Finding finding, RuleFact rule) => Array.FindAll(
        [
            "Evidence: " + finding.Evidence,
            "Resource: " + finding.ResourceArn,
            "Account: " + finding.AccountName + " " + finding.AccountId + ", " + finding.Region,
            "Since: " + ReportTime.Iso(finding.FirstSeen),
            Line("Why: ", rule.Rationale),
            Line("PowerShell: ", rule.PowerShellFor(finding)),
            Line("AWS CLI: ", rule.CliFor(finding)),
            "Finding: " + finding.FindingId,
        ],
        line => line.Length > 0);

    private static string Line(string label, string text) => text.Length == 0 ? "" : label + string.Join(" ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
