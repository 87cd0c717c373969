using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Collecting;

/// <summary>Compares findings as an order asks for.</summary>
internal static class FindingOrder
{
    private static readonly Func<Finding, string>[] Places =
    [
        finding => finding.AccountId, finding => finding.Region, finding => finding.ResourceType, finding => finding.ResourceArn, finding => finding.RuleId, finding => finding.FindingId,
    ];

    /// <summary>The comparison; null where they stay as they came.</summary>
    public static Comparison<Finding>? Of(ReportOrder order) => order switch
    {
        ReportOrder.ByAccount => ByAccount,
        ReportOrder.WorstFirst => WorstFirst,
        _ => null,
    };

    private static int WorstFirst(Finding left, Finding right) =>
        left.Severity != right.Severity ? right.Severity.CompareTo(left.Severity) : ByAccount(left, right);

    private static int ByAccount(Finding left, Finding right)
    {
        foreach (var place in Places)
        {
            var order = string.CompareOrdinal(place(left), place(right));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
