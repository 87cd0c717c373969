using System;
using System.Linq;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Html;

/// <summary>
/// Chooses the findings that matter most, up to a limit. All are counted first and then offered once more in the same order, so that none need be
/// held: of each rank the first are admitted.
/// </summary>
internal sealed class FindingPick(int limit)
{
    private const int Ranks = 9;
    private readonly int[] _counts = new int[Ranks];
    private int[]? _left;

    /// <summary>How much a finding matters; 0 is most.</summary>
    public static int RankOf(Finding finding) => finding.Status switch
    {
        FindingStatus.Fail => Severity.Critical - finding.Severity,
        FindingStatus.NotAssessed => 5,
        FindingStatus.Excepted => 6,
        FindingStatus.Manual => 7,
        _ => 8,
    };

    /// <summary>Counts a finding.</summary>
    public void Count(Finding finding) => _counts[RankOf(finding)]++;

    /// <summary>Whether a finding that was counted is among those to list.</summary>
    public bool Admits(Finding finding) => (_left ??= Quotas())[RankOf(finding)]-- > 0;

    private int[] Quotas()
    {
        var room = limit;
        return [.. _counts.Select(count =>
        {
            var quota = Math.Min(count, room);
            room -= quota;
            return quota;
        })];
    }
}
