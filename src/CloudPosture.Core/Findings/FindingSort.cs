using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings;

/// <summary>Sorts findings by their ids in flat memory: what is more than fits goes to the disk in sorted runs, which are merged. Not thread-safe.</summary>
/// <param name="newRun">Makes a run's path.</param>
/// <param name="runLength">How many findings are held in memory at once.</param>
internal sealed class FindingSort(Func<string> newRun, int runLength = FindingSort.DefaultRunLength) : IDisposable
{
    /// <summary>About 50 MB.</summary>
    public const int DefaultRunLength = 50_000;

    private readonly List<Finding> _held = [];
    private readonly List<SortedRun> _runs = [];

    /// <summary>Adds a finding.</summary>
    /// <exception cref="LakeException">The disk refuses.</exception>
    public void Add(Finding finding)
    {
        if (_held.Count == runLength)
        {
            Sort();
            _runs.Add(SortedRun.Write(newRun(), _held));
            _held.Clear();
        }

        _held.Add(finding);
    }

    /// <summary>All findings by id, each id once: of several that are added, the one added first.</summary>
    public IEnumerable<Finding> Sorted()
    {
        Sort();
        string? last = null;
        foreach (var finding in _runs.Count == 0 ? _held : Merge())
        {
            if (finding.FindingId != last)
            {
                last = finding.FindingId;
                yield return finding;
            }
        }
    }

    /// <summary>Takes the runs off the disk.</summary>
    public void Dispose() => _runs.ForEach(run => run.Dispose());

    // A stable order, and that of the bytes, which is the same everywhere.
    private void Sort()
    {
        var sorted = _held.OrderBy(finding => finding.FindingId, StringComparer.Ordinal).ToList();
        _held.Clear();
        _held.AddRange(sorted);
    }

    private IEnumerable<Finding> Merge()
    {
        var heads = _runs.Select(run => run.Read()).Append(_held).Select(run => run.GetEnumerator()).ToList();
        try
        {
            heads.RemoveAll(head => !head.MoveNext());
            while (heads.Count > 0)
            {
                var least = heads.Aggregate((one, other) => string.CompareOrdinal(other.Current.FindingId, one.Current.FindingId) < 0 ? other : one);
                yield return least.Current;
                if (!least.MoveNext())
                {
                    heads.Remove(least);
                    least.Dispose();
                }
            }
        }
        finally
        {
            heads.ForEach(head => head.Dispose());
        }
    }
}
