using System;
using System.Collections.Generic;
using System.Threading;
using CloudPosture.Assessment;
using CloudPosture.Harvest;
using CloudPosture.Lake;

namespace CloudPosture.Posture;

/// <summary>Applies the rules to an account that was just harvested and keeps the findings with the harvest.</summary>
/// <param name="lake">The lake.</param>
/// <param name="library">The rules.</param>
/// <param name="knownAccounts">The accounts that belong to us.</param>
/// <param name="isComplete">Whether the harvest was complete before, so that its findings stay as they are.</param>
internal sealed class AccountAssessment(PostureLake lake, RuleLibrary library, IReadOnlyCollection<string> knownAccounts, bool isComplete)
{
    /// <summary>Assesses and counts what it found; an account of which the lake knows nothing, or that was not begun, stays as it is.</summary>
    public FindingCounts Assess(AccountSummary account, CancellationToken cancellationToken)
    {
        if (lake.LatestAccount(account.AccountId) is not { } snapshot)
        {
            return FindingCounts.None;
        }

        if (isComplete && Stored(account) is { } stored)
        {
            return stored;
        }

        var before = Before(account.AccountId);
        if (account.Status == AccountStatus.NotStarted && before.Count > 0)
        {
            return FindingCounts.None;
        }

        var options = new AssessmentOptions
        {
            Benchmarks = library.Benchmarks,
            KnownAccounts = knownAccounts,
            Services = lake.FindHarvest(account.HarvestId)?.Services,
            FirstSeen = (id, status) => before.TryGetValue(id, out var last) && IsSame(last.Status, status) ? last.FirstSeen : null,
        };
        var counts = FindingCounts.None;
        using var findings = lake.WriteFindings(account.HarvestId, account.AccountId);
        foreach (var finding in Assessor.Assess(snapshot, library.Rules, options, cancellationToken))
        {
            findings.Add(finding);
            counts = counts.With(finding);
        }

        findings.Commit();
        return counts;
    }

    // What is accepted fails all the same.
    private static bool IsSame(FindingStatus before, FindingStatus now) =>
        before == now || (before is FindingStatus.Fail or FindingStatus.Excepted && now is FindingStatus.Fail or FindingStatus.Excepted);

    /// <summary>What the harvest's own findings say; null where it has none.</summary>
    private FindingCounts? Stored(AccountSummary account)
    {
        FindingCounts? counts = null;
        foreach (var finding in lake.ReadFindings(new FindingQuery { HarvestId = account.HarvestId, AccountIds = [account.AccountId] }))
        {
            counts = (counts ?? FindingCounts.None).With(finding);
        }

        return counts;
    }

    private Dictionary<string, (FindingStatus Status, DateTimeOffset FirstSeen)> Before(string accountId)
    {
        var findings = new Dictionary<string, (FindingStatus, DateTimeOffset)>(StringComparer.Ordinal);
        foreach (var finding in lake.ReadFindings(new FindingQuery { AccountIds = [accountId] }))
        {
            findings[finding.FindingId] = (finding.Status, finding.FirstSeen);
        }

        return findings;
    }
}
