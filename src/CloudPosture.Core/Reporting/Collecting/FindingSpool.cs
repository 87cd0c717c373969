using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using CloudPosture.Files;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Reporting.Collecting;

/// <summary>
/// Keeps findings until all of them are there, in flat memory, and gives them back in order as often as they are asked for. What does not
/// fit in memory goes to a file of the user's alone, as the lake writes its lines, in sorted runs that are merged while they are read.
/// </summary>
/// <param name="path">Where such a file may be; it is gone when this is disposed.</param>
/// <param name="order">How to sort; null keeps the findings as they came.</param>
/// <param name="mostInMemory">How many findings are held.</param>
internal sealed class FindingSpool(string path, Comparison<Finding>? order, int mostInMemory = 1 << 15) : IDisposable
{
    private static readonly FindingQuery All = new();
    private readonly List<Finding> _held = [];
    private readonly List<Segment> _runs = [];
    private bool _isSorted;

    public void Add(Finding finding)
    {
        if (_held.Count == mostInMemory)
        {
            PutAway();
        }

        _held.Add(finding);
        _isSorted = false;
    }

    /// <summary>The findings; each enumeration reads again.</summary>
    public IEnumerable<Finding> Read()
    {
        Sort();
        IReadOnlyList<IEnumerable<Finding>> runs = [.. _runs.Select(Lines), _held];
        return order is null ? runs.SelectMany(run => run) : Merged(runs, order);
    }

    public void Dispose() => PrivateFiles.Forget(path);

    private static IEnumerable<Finding> Merged(IReadOnlyList<IEnumerable<Finding>> runs, Comparison<Finding> order)
    {
        if (runs.Count == 1)
        {
            return runs[0];
        }

        var half = runs.Count / 2;
        return Merged(Merged([.. runs.Take(half)], order), Merged([.. runs.Skip(half)], order), order);
    }

    private static IEnumerable<Finding> Merged(IEnumerable<Finding> left, IEnumerable<Finding> right, Comparison<Finding> order)
    {
        using var lefts = left.GetEnumerator();
        using var rights = right.GetEnumerator();
        var (hasLeft, hasRight) = (lefts.MoveNext(), rights.MoveNext());
        while (hasLeft || hasRight)
        {
            if (!hasRight || (hasLeft && order(lefts.Current, rights.Current) <= 0))
            {
                yield return lefts.Current;
                hasLeft = lefts.MoveNext();
            }
            else
            {
                yield return rights.Current;
                hasRight = rights.MoveNext();
            }
        }
    }

    private void Sort()
    {
        if (order is not null && !_isSorted)
        {
            _held.Sort(order);
        }

        _isSorted = true;
    }

    private void PutAway()
    {
        Sort();
        var end = _runs.Count == 0 ? 0 : _runs[_runs.Count - 1].Offset + _runs[_runs.Count - 1].Length;
        using var run = new MemberWriter(path, end, end == 0 ? FileMode.CreateNew : FileMode.Open);
        using var json = new Utf8JsonWriter(run.Buffer, ResourceLine.Options);
        foreach (var finding in _held)
        {
            json.Reset();
            JsonSerializer.Serialize(json, finding, LakeJson.Default.Finding);
            json.Flush();
            run.EndLine();
        }

        _runs.Add(run.Finish(isKept: false));
        _held.Clear();
    }

    private IEnumerable<Finding> Lines(Segment run)
    {
        using var lines = new LineReader(new GZipStream(new SegmentStream(PrivateFiles.Read(path), run), CompressionMode.Decompress));
        var reader = new FindingLine(All);
        while (lines.Next() is { } line)
        {
            yield return reader.Read(line)!;
        }
    }
}
