using System;
using System.Collections.Generic;
using System.Threading;
using CloudPosture.Assessment;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Applies the rules to an account that was just harvested and keeps the findings with the harvest.</summary>
internal sealed class AccountAssessment(PostureLake lake, RuleLibrary library, IReadOnlyCollection<string> knownAccounts)
{
    /// <summary>Assesses and tells what it found; an account of which the lake knows nothing stays as it is.</summary>
    public PostureAccountSummary Assess(PostureAccountSummary summary, CancellationToken cancellationToken)
    {
        if (lake.LatestAccount(summary.AccountId) is not { } snapshot)
        {
            return summary;
        }

        var firstSeen = FirstSeen(summary.AccountId);
        var options = new AssessmentOptions
        {
            Benchmarks = library.Benchmarks.Benchmarks,
            KnownAccounts = knownAccounts,
            FirstSeen = id => firstSeen.TryGetValue(id, out var time) ? time : null,
        };
        using var findings = lake.WriteFindings(summary.HarvestId, summary.AccountId);
        foreach (var finding in Assessor.Assess(snapshot, library.Rules, options, cancellationToken))
        {
            findings.Add(finding);
            summary = Count(summary, finding);
        }

        findings.Commit();
        return summary;
    }

    private Dictionary<string, DateTimeOffset> FirstSeen(string accountId)
    {
        var times = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var finding in lake.ReadFindings(new FindingQuery { AccountIds = [accountId] }))
        {
            times[finding.FindingId] = finding.FirstSeen;
        }

        return times;
    }

    private static PostureAccountSummary Count(PostureAccountSummary summary, Finding finding) => finding.Status switch
    {
        FindingStatus.Pass or FindingStatus.Excepted => summary with { Passed = summary.Passed + 1 },
        FindingStatus.NotAssessed => summary with { NotAssessed = summary.NotAssessed + 1 },
        FindingStatus.Fail => summary with
        {
            Failed = summary.Failed + 1,
            Critical = summary.Critical + (finding.Severity == Severity.Critical ? 1 : 0),
            High = summary.High + (finding.Severity == Severity.High ? 1 : 0),
        },
        _ => summary,
    };
}
