using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Alerts;
using CloudPosture.Lake.Findings;
using CloudPosture.Tests.Reporting;

namespace CloudPosture.Tests.Alerts;

/// <summary>Failures to tell of.</summary>
internal static class AlertSamples
{
    public static readonly DateTimeOffset Now = ReportSamples.Now;

    public static Finding Failure(int number) => ReportSamples.One with
    {
        FindingId = $"{number:x32}",
        ResourceName = $"bucket-{number}",
        StatusSince = Now.AddDays(-2),
        FirstSeen = Now.AddDays(-2),
    };

    /// <summary>What each attack of a name comes to, in as many accounts.</summary>
    public static IReadOnlyList<Finding> Hostile => [.. ReportSamples.Hostile.Select((finding, i) => finding with { FindingId = $"{i:x32}", Status = FindingStatus.Fail, RuleId = $"Own.{finding.ResourceName}" })];

    public static AlertMessage MessageOf(params IReadOnlyList<Finding> findings)
    {
        var digest = new AlertDigest(46) { Hint = "All are in the lake." };
        foreach (var finding in findings)
        {
            digest.Add(finding, AlertReason.New);
        }

        return new AlertMessage { Id = new string('a', 32), CreatedAt = Now, Digest = digest, Findings = [.. findings.Select(finding => (finding, AlertReason.New))] };
    }

    public static Task<bool> Yes(AlertDigest digest) => Task.FromResult(true);
}
