using System.Collections.Generic;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Reporting.Html;

/// <summary>Puts gaps together that have one cause: a permission that is missing leaves one for each bucket.</summary>
internal sealed class GapSums
{
    private readonly Dictionary<(int Account, string Service, string Operation, GapReason Reason, string Code), Entry> _entries = [];

    public IEnumerable<Entry> Entries => _entries.Values;

    public void Add(int account, ReadGap gap)
    {
        var key = (account, gap.Service, gap.Operation, gap.Reason, gap.Code);
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry = new Entry(account, gap);
        }

        entry.Count++;
        entry.Regions.Add(gap.Region);
        entry.Types.Add(gap.ResourceType);
    }

    /// <summary>Gaps of one cause in one account.</summary>
    /// <param name="Account">The account's index.</param>
    /// <param name="First">The first of them, which tells for all.</param>
    internal sealed record Entry(int Account, ReadGap First)
    {
        public int Count { get; set; }

        public SortedSet<string> Regions { get; } = new(System.StringComparer.Ordinal);

        public SortedSet<string> Types { get; } = new(System.StringComparer.Ordinal);
    }
}
