using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Files;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Findings.Differences;

/// <summary>Compares the findings of two moments of a lake, account by account, in flat memory.</summary>
/// <param name="lake">The lake.</param>
/// <param name="before">The earlier moment.</param>
/// <param name="after">The later moment.</param>
/// <param name="isAsked">Whether there still is a rule of an id: what nobody asks any more is not gone.</param>
public sealed class FindingComparison(PostureLake lake, LakeMoment before, LakeMoment after, Func<string, bool> isAsked)
{
    private readonly List<UncomparedPart> _uncompared = [];

    /// <summary>What could not be compared, once all is read.</summary>
    public IReadOnlyList<UncomparedPart> Uncompared => _uncompared;

    /// <summary>Streams the differences.</summary>
    /// <param name="query">Which findings; its moment is not regarded.</param>
    public IEnumerable<FindingDifference> Read(FindingQuery query)
    {
        foreach (var account in Accounts(query.AccountIds))
        {
            foreach (var difference in Read(account, query with { AccountIds = [account.AccountId] }))
            {
                yield return difference;
            }
        }
    }

    private IEnumerable<ComparedAccount> Accounts(IReadOnlyCollection<string>? wanted)
    {
        var assessments = lake.Assessments(wanted)
            .GroupBy(one => one.Note.AccountId, StringComparer.Ordinal)
            .OrderBy(account => account.Key, StringComparer.Ordinal);
        foreach (var account in assessments)
        {
            var compared = new ComparedAccount(account.Key, Services(account, before), Services(account, after));
            _uncompared.AddRange(compared.Uncompared());
            if (compared is not ({ Before.Count: 0 } or { After.Count: 0 }))
            {
                yield return compared;
            }
        }
    }

    /// <summary>The services that were assessed; null for all.</summary>
    private static IReadOnlyCollection<string>? Services(IEnumerable<(HarvestInfo Harvest, AccountAssessed Note)> assessments, LakeMoment moment)
    {
        var services = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (harvest, note) in assessments)
        {
            if (moment.HarvestId is { } id ? harvest.HarvestId != id : note.AssessedAt > moment.AsOf)
            {
                continue;
            }

            if (note.Services.Count == 0)
            {
                return null;
            }

            services.UnionWith(note.Services);
        }

        return services;
    }

    private IEnumerable<FindingDifference> Read(ComparedAccount account, FindingQuery query)
    {
        using var runs = new TemporaryFolder();
        using var old = new FindingSort(runs.NewFile);
        using var now = new FindingSort(runs.NewFile);
        Add(old, account, before.Of(query));
        Add(now, account, after.Of(query));
        foreach (var difference in Merge(old.Sorted(), now.Sorted()))
        {
            yield return difference;
        }
    }

    // What is remembered because nothing could be listed counts as what it was.
    private void Add(FindingSort sort, ComparedAccount account, FindingQuery query)
    {
        var remembered = lake.ReadFindings(query with { IsPast = true }).Where(finding => finding.Change != FindingChange.Gone);
        foreach (var finding in lake.ReadFindings(query).Concat(remembered).Where(finding => account.Tells(finding.Service)))
        {
            sort.Add(finding);
        }
    }

    private IEnumerable<FindingDifference> Merge(IEnumerable<Finding> olds, IEnumerable<Finding> nows)
    {
        using var old = olds.GetEnumerator();
        using var now = nows.GetEnumerator();
        var (hasOld, hasNow) = (old.MoveNext(), now.MoveNext());
        while (hasOld || hasNow)
        {
            var order = !hasOld ? 1 : !hasNow ? -1 : string.CompareOrdinal(old.Current.FindingId, now.Current.FindingId);
            var difference = Differ(order <= 0 ? old.Current : null, order >= 0 ? now.Current : null);
            hasOld = order <= 0 ? old.MoveNext() : hasOld;
            hasNow = order >= 0 ? now.MoveNext() : hasNow;
            if (difference.Change != FindingChange.Unchanged)
            {
                yield return difference;
            }
        }
    }

    private FindingDifference Differ(Finding? old, Finding? now)
    {
        var was = old is null ? null : Verdicts.Last(old).Verdict;
        var change = now is null
            ? was == FindingStatus.Fail && isAsked(old!.RuleId) ? FindingChange.Gone : FindingChange.Unchanged
            : Verdicts.Last(now).Verdict is { } verdict ? Verdicts.Change(was, verdict) : FindingChange.Unchanged;
        return new FindingDifference(change, old, now);
    }
}
