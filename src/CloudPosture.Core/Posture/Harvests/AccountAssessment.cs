using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Assessment;
using CloudPosture.Findings;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Rules;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.Posture.Harvests;

/// <summary>Applies the rules to an account that was just harvested and keeps the findings with the harvest.</summary>
/// <param name="lake">The lake.</param>
/// <param name="library">The rules.</param>
/// <param name="knownAccounts">The accounts that belong to us.</param>
/// <param name="exceptions">The failures that are accepted: they are counted as such, and kept as failures.</param>
/// <param name="isComplete">Whether the harvest was complete before, so that its findings stay as they are.</param>
internal sealed class AccountAssessment(PostureLake lake, RuleLibrary library, IReadOnlyCollection<string> knownAccounts, ExceptionSet exceptions, bool isComplete)
{
    private readonly HashSet<string> _rules = new(library.Rules.Rules.Select(rule => rule.Id), StringComparer.OrdinalIgnoreCase);

    private IReadOnlyList<IAccountSnapshot>? _organization;

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

        if (account.Status == AccountStatus.NotStarted && lake.ReadFindings(new FindingQuery { AccountIds = [account.AccountId] }).Any())
        {
            return FindingCounts.None;
        }

        return Store(account, snapshot, lake.FindHarvest(account.HarvestId)?.Services, cancellationToken);
    }

    private FindingCounts Store(AccountSummary account, IAccountSnapshot snapshot, IReadOnlyList<string>? services, CancellationToken cancellationToken)
    {
        using var writer = lake.WriteFindings(account.HarvestId, account.AccountId);
        using var now = new FindingSort(writer.NewRun);
        using var before = new FindingSort(writer.NewRun);
        var unread = new UnreadPlaces(snapshot.Regions);
        var options = new AssessmentOptions { Benchmarks = library.Benchmarks, KnownAccounts = knownAccounts, Services = services, Organization = Organization(snapshot) };
        foreach (var finding in Assessor.Assess(snapshot, library.Rules, options, cancellationToken))
        {
            unread.Note(finding);
            now.Add(finding);
        }

        foreach (var finding in Before(account.AccountId).Where(finding => services?.Contains(finding.Service) != false))
        {
            before.Add(finding);
        }

        var history = new FindingHistory(WasAssessed(account), snapshot.HarvestedAt, finding => WhyMissing(finding, unread));
        return Write(writer, history.Merge(before.Sorted(), now.Sorted()), cancellationToken);
    }

    private Disappearance WhyMissing(Finding finding, UnreadPlaces unread)
    {
        if (IsUnreadable(finding))
        {
            return Disappearance.Unread;
        }

        return !_rules.Contains(finding.RuleId) ? Disappearance.Dropped
            : unread.Covers(finding) ? Disappearance.Unread
            : Disappearance.Gone;
    }

    // Of a file that nobody can read, nobody knows which rules stood in it.
    private bool IsUnreadable(Finding finding) =>
        library.Rules.Problems.Count > 0 && library.Rules.Find(finding.RuleId) is null or { IsUnreadable: true };

    // What the organization forbids stands with the account that manages it, and is read anew once that was harvested.
    private IReadOnlyList<IAccountSnapshot> Organization(IAccountSnapshot snapshot)
    {
        if (_organization is null || snapshot.IsManagementAccount)
        {
            _organization = OrganizationFacts.Read(lake);
        }

        return _organization;
    }

    private FindingCounts Write(FindingWriter writer, IEnumerable<(Finding Finding, bool IsPast)> findings, CancellationToken cancellationToken)
    {
        var counts = FindingCounts.None;
        foreach (var (finding, isPast) in findings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isPast)
            {
                writer.AddPast(finding);
                continue;
            }

            var shown = exceptions.Apply(finding);
            writer.Add(finding, shown.Status == FindingStatus.Excepted);
            counts = counts.With(shown);
        }

        writer.Commit();
        return counts;
    }

    /// <summary>What the harvest's own findings say; null where it has none.</summary>
    private FindingCounts? Stored(AccountSummary account)
    {
        FindingCounts? counts = null;
        foreach (var finding in OfHarvest(account))
        {
            counts = (counts ?? FindingCounts.None).With(exceptions.Apply(finding));
        }

        return counts;
    }

    private bool WasAssessed(AccountSummary account) => OfHarvest(account).Any();

    private IEnumerable<Finding> OfHarvest(AccountSummary account) =>
        lake.ReadFindings(new FindingQuery { HarvestId = account.HarvestId, AccountIds = [account.AccountId] });

    // A finding that came back is taken before what was remembered of it.
    private IEnumerable<Finding> Before(string accountId) =>
        lake.ReadFindings(new FindingQuery { AccountIds = [accountId] }).Concat(lake.ReadFindings(new FindingQuery { AccountIds = [accountId], IsPast = true }));
}
