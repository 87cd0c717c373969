using System;
using System.Collections.Generic;
using System.Threading;
using CloudPosture.Assessment;
using CloudPosture.Harvest;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Applies the rules to an account that was just harvested and keeps the findings with the harvest.</summary>
/// <param name="lake">The lake.</param>
/// <param name="library">The rules.</param>
/// <param name="knownAccounts">The accounts that belong to us.</param>
/// <param name="isComplete">Whether the harvest was complete before, so that its findings stay as they are.</param>
internal sealed class AccountAssessment(PostureLake lake, RuleLibrary library, IReadOnlyCollection<string> knownAccounts, bool isComplete)
{
    /// <summary>Assesses and tells what it found; an account of which the lake knows nothing, or that was not begun, stays as it is.</summary>
    public PostureAccountSummary Assess(PostureAccountSummary summary, CancellationToken cancellationToken)
    {
        if (lake.LatestAccount(summary.AccountId) is not { } snapshot)
        {
            return summary;
        }

        if (isComplete && Stored(summary) is { } stored)
        {
            return stored;
        }

        var firstSeen = FirstSeen(summary.AccountId);
        if (summary.Status == AccountStatus.NotStarted && firstSeen.Count > 0)
        {
            return summary;
        }

        var options = new AssessmentOptions
        {
            Benchmarks = library.Benchmarks.Benchmarks,
            KnownAccounts = knownAccounts,
            Services = lake.FindHarvest(summary.HarvestId)?.Services,
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

    /// <summary>What the harvest's own findings say; null where it has none.</summary>
    private PostureAccountSummary? Stored(PostureAccountSummary summary)
    {
        PostureAccountSummary? counted = null;
        foreach (var finding in lake.ReadFindings(new FindingQuery { HarvestId = summary.HarvestId, AccountIds = [summary.AccountId] }))
        {
            counted = Count(counted ?? summary, finding);
        }

        return counted;
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
