using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.Content;

/// <summary>
/// Remembers the records of the types that were last asked for, so that a call about one of them does not make all of them anew.
/// A fixed number of cells is remembered, so that memory stays flat however large the organization is.
/// </summary>
internal sealed class RecordStore
{
    private const int Places = 1024;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>All records of a type in a cell, in their order.</summary>
    public IReadOnlyList<KnownRecord> Of(ContentType type, Cell cell)
    {
        ref var place = ref _entries[(uint)HashCode.Combine(type, cell.Account.Index, cell.RegionIndex) % Places];
        var entry = Volatile.Read(ref place);
        if (entry is null || entry.Type != type || entry.Account != cell.Account.Index || entry.Region != cell.RegionIndex)
        {
            entry = new Entry(type, cell.Account.Index, cell.RegionIndex, Make(type, cell));
            Volatile.Write(ref place, entry);
        }

        return entry.Records;
    }

    private static KnownRecord[] Make(ContentType type, Cell cell) =>
        [.. Enumerable.Range(0, type.Resources.Count(cell)).Select(index => type.Record(cell, index)).Select(record => new KnownRecord(record, type.Scope(cell, record)))];

    private sealed record Entry(ContentType Type, int Account, int Region, KnownRecord[] Records);
}
