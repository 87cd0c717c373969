using System;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>How many findings have each status. Not thread-safe.</summary>
internal sealed class StatusCounts
{
    private readonly long[] _counts = new long[Enum.GetValues(typeof(FindingStatus)).Length];

    /// <summary>All of them.</summary>
    public long Total { get; private set; }

    /// <summary>The worst severity that fails; null where nothing does.</summary>
    public Severity? Worst { get; private set; }

    /// <summary>Those of a status.</summary>
    public long this[FindingStatus status] => _counts[(int)status];

    public void Add(Finding finding)
    {
        _counts[(int)finding.Status]++;
        Total++;
        if (finding.Status == FindingStatus.Fail && (Worst is not { } worst || finding.Severity > worst))
        {
            Worst = finding.Severity;
        }
    }
}
