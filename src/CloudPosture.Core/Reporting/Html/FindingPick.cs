using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;

namespace CloudPosture.Reporting.Html;

/// <summary>Keeps the findings that matter most, up to a limit, so that memory does not grow with their number.</summary>
internal sealed class FindingPick(int limit)
{
    private const int Ranks = 9;
    private readonly List<Finding>[] _kept = [.. Enumerable.Range(0, Ranks).Select(_ => new List<Finding>())];
    private int _count;

    /// <summary>The findings that are kept, those that matter most first, else in their order.</summary>
    public IEnumerable<Finding> Kept => _kept.SelectMany(rank => rank);

    public void Add(Finding finding)
    {
        var rank = RankOf(finding);
        if (_count >= limit && !MakesRoom(rank))
        {
            return;
        }

        _kept[rank].Add(finding);
        _count++;
    }

    private bool MakesRoom(int rank)
    {
        for (var lower = Ranks - 1; lower > rank; lower--)
        {
            if (_kept[lower].Count > 0)
            {
                _kept[lower].RemoveAt(_kept[lower].Count - 1);
                _count--;
                return true;
            }
        }

        return false;
    }

    private static int RankOf(Finding finding) => finding.Status switch
    {
        FindingStatus.Fail => Severity.Critical - finding.Severity,
        FindingStatus.NotAssessed => 5,
        FindingStatus.Excepted => 6,
        FindingStatus.Manual => 7,
        _ => 8,
    };
}
