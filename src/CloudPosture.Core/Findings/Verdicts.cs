using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings;

/// <summary>What findings say once what could not be read is left out, and since when; findings of old lakes included.</summary>
internal static class Verdicts
{
    /// <summary>Pass or Fail, which what is accepted does all the same; null where it is neither.</summary>
    public static FindingStatus? Of(FindingStatus status) => status switch
    {
        FindingStatus.Pass => FindingStatus.Pass,
        FindingStatus.Fail or FindingStatus.Excepted => FindingStatus.Fail,
        _ => null,
    };

    /// <summary>Whether two statuses say the same.</summary>
    public static bool IsSame(FindingStatus one, FindingStatus other) => one == other || (Of(one) is { } verdict && verdict == Of(other));

    /// <summary>What it said when it last could be assessed, and since when.</summary>
    public static (FindingStatus? Verdict, DateTimeOffset? Since) Last(Finding finding) =>
        Of(finding.Status) is { } verdict ? (verdict, Since(finding)) : (finding.LastVerdict, finding.LastVerdictSince);

    public static DateTimeOffset Since(Finding finding) => finding.StatusSince ?? finding.FirstSeen;

    public static DateTimeOffset? FirstFailed(Finding finding) =>
        finding.FirstFailed ?? (Of(finding.Status) == FindingStatus.Fail ? Since(finding) : null);

    public static DateTimeOffset? LastPassed(Finding finding) =>
        finding.LastPassed ?? (finding.Status == FindingStatus.Pass ? finding.LastSeen : null);

    /// <summary>What it is when a verdict follows another, or none.</summary>
    public static FindingChange Change(FindingStatus? before, FindingStatus now) => (before, now) switch
    {
        (FindingStatus.Pass, FindingStatus.Fail) => FindingChange.Regressed,
        (null, FindingStatus.Fail) => FindingChange.New,
        (FindingStatus.Fail, FindingStatus.Pass) => FindingChange.Resolved,
        _ => FindingChange.Unchanged,
    };

    /// <summary>What became of a finding since a time, by what it carries.</summary>
    public static FindingChange ChangeSince(Finding finding, DateTimeOffset since)
    {
        if (finding.Change == FindingChange.Gone)
        {
            return FindingChange.Gone;
        }

        return Of(finding.Status) switch
        {
            null => FindingChange.Unchanged,
            _ when Since(finding) < since => FindingChange.Unchanged,
            FindingStatus.Fail => LastPassed(finding) is null ? FindingChange.New : FindingChange.Regressed,
            _ => FirstFailed(finding) is null ? FindingChange.Unchanged : FindingChange.Resolved,
        };
    }
}
