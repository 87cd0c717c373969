using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings;

/// <summary>What became of findings since the assessment before: the findings of both, each sorted by id, are walked side by side, so that a million take no memory.</summary>
/// <param name="isAgain">Whether the assessment before was of the same harvest, so that what it found to be new still is.</param>
/// <param name="now">When the assessment is made, in UTC: since then what is gone is gone.</param>
/// <param name="whyMissing">What became of a finding that is there no more.</param>
internal sealed class FindingHistory(bool isAgain, DateTimeOffset now, Func<Finding, Disappearance> whyMissing)
{
    /// <summary>Merges.</summary>
    /// <param name="before">What was found and remembered before, by id.</param>
    /// <param name="present">What is found now, by id.</param>
    /// <returns>The findings of now, and those of before that are to be remembered, by id.</returns>
    public IEnumerable<(Finding Finding, bool IsPast)> Merge(IEnumerable<Finding> before, IEnumerable<Finding> present)
    {
        using var old = before.GetEnumerator();
        var hasOld = old.MoveNext();
        foreach (var finding in present)
        {
            for (; hasOld && string.CompareOrdinal(old.Current.FindingId, finding.FindingId) < 0; hasOld = old.MoveNext())
            {
                if (Remember(old.Current) is { } past)
                {
                    yield return (past, true);
                }
            }

            var isKnown = hasOld && old.Current.FindingId == finding.FindingId;
            yield return (Follow(isKnown ? old.Current : null, finding), false);
            hasOld = isKnown ? old.MoveNext() : hasOld;
        }

        for (; hasOld; hasOld = old.MoveNext())
        {
            if (Remember(old.Current) is { } past)
            {
                yield return (past, true);
            }
        }
    }

    private Finding Follow(Finding? before, Finding found)
    {
        // What is gone and comes back is another thing by the same name.
        before = before?.Change == FindingChange.Gone ? null : before;
        var last = before is null ? default : Verdicts.Last(before);
        var first = found with { FirstSeen = before is not null && Verdicts.IsSame(before.Status, found.Status) ? before.FirstSeen : found.FirstSeen };
        if (Verdicts.Of(found.Status) is not { } verdict)
        {
            return first with
            {
                Change = FindingChange.Unchanged,
                StatusSince = before?.Status == found.Status ? Verdicts.Since(before) : found.LastSeen,
                FirstFailed = before is null ? null : Verdicts.FirstFailed(before),
                LastPassed = before is null ? null : Verdicts.LastPassed(before),
                LastVerdict = last.Verdict,
                LastVerdictSince = last.Since,
            };
        }

        var isSame = last.Verdict == verdict;
        return first with
        {
            Change = isSame ? Kept(before!) : Verdicts.Change(last.Verdict, verdict),
            StatusSince = isSame ? last.Since : found.LastSeen,
            FirstFailed = (before is null ? null : Verdicts.FirstFailed(before)) ?? (verdict == FindingStatus.Fail ? found.LastSeen : null),
            LastPassed = verdict == FindingStatus.Pass ? found.LastSeen : before is null ? null : Verdicts.LastPassed(before),
        };
    }

    private FindingChange Kept(Finding before) => isAgain ? before.Change ?? FindingChange.Unchanged : FindingChange.Unchanged;

    private Finding? Remember(Finding before)
    {
        if (before.Change == FindingChange.Gone)
        {
            return isAgain ? before : null;
        }

        return whyMissing(before) switch
        {
            Disappearance.Unread => before with { Change = isAgain ? before.Change : FindingChange.Unchanged },
            Disappearance.Gone when Verdicts.Last(before).Verdict == FindingStatus.Fail => before with { Change = FindingChange.Gone, StatusSince = now },
            _ => null,
        };
    }
}
