using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Sheets;

/// <summary>The columns of tables of findings: every property of a finding by its name, as at the prompt.</summary>
internal static class FindingColumns
{
    /// <summary>Name, width in a workbook, and the value: a text or a time.</summary>
    public static IReadOnlyList<(string Name, int Width, Func<Finding, object> Value)> All { get; } =
    [
        (nameof(Finding.Severity), 13, finding => finding.Severity.ToString()),
        (nameof(Finding.Status), 12, finding => finding.Status.ToString()),
        (nameof(Finding.RuleId), 34, finding => finding.RuleId),
        (nameof(Finding.Title), 60, finding => finding.Title),
        (nameof(Finding.Service), 16, finding => finding.Service),
        (nameof(Finding.ResourceType), 28, finding => finding.ResourceType),
        (nameof(Finding.ResourceName), 30, finding => finding.ResourceName),
        (nameof(Finding.ResourceId), 30, finding => finding.ResourceId),
        (nameof(Finding.ResourceArn), 60, finding => finding.ResourceArn),
        (nameof(Finding.AccountId), 15, finding => finding.AccountId),
        (nameof(Finding.AccountName), 22, finding => finding.AccountName),
        (nameof(Finding.Region), 16, finding => finding.Region),
        (nameof(Finding.Evidence), 60, finding => finding.Evidence),
        (nameof(Finding.FirstSeen), 20, finding => finding.FirstSeen),
        (nameof(Finding.LastSeen), 20, finding => finding.LastSeen),
        (nameof(Finding.Change), 12, finding => finding.Change?.ToString() ?? ""),
        (nameof(Finding.StatusSince), 20, finding => TimeOrNothing(finding.StatusSince)),
        (nameof(Finding.FirstFailed), 20, finding => TimeOrNothing(finding.FirstFailed)),
        (nameof(Finding.LastPassed), 20, finding => TimeOrNothing(finding.LastPassed)),
        (nameof(Finding.LastVerdict), 12, finding => finding.LastVerdict?.ToString() ?? ""),
        (nameof(Finding.LastVerdictSince), 20, finding => TimeOrNothing(finding.LastVerdictSince)),
        (nameof(Finding.ExceptionId), 30, finding => finding.ExceptionId ?? ""),
        (nameof(Finding.ExceptionReason), 40, finding => finding.ExceptionReason ?? ""),
        (nameof(Finding.Requirements), 60, finding => finding.Requirements ?? ""),
        (nameof(Finding.Provider), 16, finding => finding.Provider ?? ""),
        (nameof(Finding.NativeId), 40, finding => finding.NativeId ?? ""),
        (nameof(Finding.NativeSeverity), 14, finding => finding.NativeSeverity ?? ""),
        (nameof(Finding.WorkflowState), 14, finding => finding.WorkflowState ?? ""),
        (nameof(Finding.Connection), 16, finding => finding.Connection),
        (nameof(Finding.HarvestId), 26, finding => finding.HarvestId),
        (nameof(Finding.FindingId), 36, finding => finding.FindingId),
    ];

    private static object TimeOrNothing(DateTimeOffset? time) => time is { } known ? known : "";
}
