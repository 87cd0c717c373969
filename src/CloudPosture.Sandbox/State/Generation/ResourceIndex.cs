using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CloudPosture.Sandbox.State.Generation;

/// <summary>
/// Finds resources by their ids in constant time. The ids of a cell are hashed when one of them is first asked for;
/// a fixed number of cells is remembered, so that memory stays flat however large the organization is.
/// </summary>
internal sealed class ResourceIndex
{
    private const int Places = 4096;

    // Below this, looking at each id costs less than an index.
    private const int Few = 8;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The index of a resource, or -1 where the cell has none of that id.</summary>
    public int Find(ResourceType type, Cell cell, string id)
    {
        var count = type.Count(cell);
        if (count <= Few)
        {
            return Enumerable.Range(0, count).FirstOrDefault(index => IsId(type, cell, index, id), -1);
        }

        ref var place = ref _entries[(uint)HashCode.Combine(type, cell.Account.Index, cell.RegionIndex) % Places];
        var entry = Volatile.Read(ref place);
        if (entry is null || entry.Type != type || entry.Account != cell.Account.Index || entry.Region != cell.RegionIndex)
        {
            entry = new Entry(type, cell.Account.Index, cell.RegionIndex, HashIds(type, cell, count));
            Volatile.Write(ref place, entry);
        }

        return entry.ByHash.TryGetValue(HashOf(id), out var found) && IsId(type, cell, found, id) ? found : -1;
    }

    private static Dictionary<ulong, int> HashIds(ResourceType type, Cell cell, int count)
    {
        var byHash = new Dictionary<ulong, int>(count);
        for (var index = 0; index < count; index++)
        {
            byHash.TryAdd(HashOf(type.Id(cell, index)), index);
        }

        return byHash;
    }

    private static bool IsId(ResourceType type, Cell cell, int index, string id) => string.Equals(type.Id(cell, index), id, type.Comparison);

    private static ulong HashOf(string id) => Mix.Hash(0, id.ToUpperInvariant());

    private sealed record Entry(ResourceType Type, int Account, int Region, Dictionary<ulong, int> ByHash);
}
