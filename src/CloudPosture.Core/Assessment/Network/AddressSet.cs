using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Network;

/// <summary>A set of addresses, as ranges that are sorted and apart.</summary>
internal sealed class AddressSet
{
    private readonly List<AddressRange> _ranges = [];

    /// <summary>Adds a range.</summary>
    /// <param name="range">The range.</param>
    /// <param name="except">Addresses of the range that are left out; null for none.</param>
    public void Add(AddressRange range, AddressSet? except = null)
    {
        var first = range.First;
        foreach (var hole in except?._ranges ?? [])
        {
            if (hole.Last < first || hole.First > range.Last)
            {
                continue;
            }

            if (hole.First > first)
            {
                Merge(new AddressRange(first, hole.First - 1));
            }

            if (hole.Last >= range.Last)
            {
                return;
            }

            first = hole.Last + 1;
        }

        Merge(new AddressRange(first, range.Last));
    }

    /// <summary>
    /// Whether the set lets the Internet in: at least half of all IPv4 addresses, or of IPv6's global unicast space. So 0.0.0.0/0 does,
    /// so do its halves together, and so does what is left after a few exceptions.
    /// </summary>
    public bool IsInternet(AddressFamily family)
    {
        // IPv6's global unicast space is 2000::/3.
        var space = family == AddressFamily.Ipv4 ? new AddressRange(0, uint.MaxValue) : new AddressRange(0x2000_0000_0000_0000, 0x3FFF_FFFF_FFFF_FFFF);
        var size = 0UL;
        foreach (var range in _ranges)
        {
            var (first, last) = (Math.Max(range.First, space.First), Math.Min(range.Last, space.Last));
            size += first <= last ? last - first + 1 : 0;
        }

        return size >= ((space.Last - space.First) / 2) + 1;
    }

    private void Merge(AddressRange range)
    {
        var at = 0;
        while (at < _ranges.Count)
        {
            var other = _ranges[at];
            if (other.First > range.Last)
            {
                break;
            }

            if (other.Last < range.First)
            {
                at++;
                continue;
            }

            range = new AddressRange(Math.Min(range.First, other.First), Math.Max(range.Last, other.Last));
            _ranges.RemoveAt(at);
        }

        _ranges.Insert(at, range);
    }
}
