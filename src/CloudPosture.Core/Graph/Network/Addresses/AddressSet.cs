using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Graph.Network.Addresses;

/// <summary>A set of addresses of one family, as ranges that are sorted and apart.</summary>
internal sealed class AddressSet
{
    private const int MostShown = 3;
    private readonly List<AddressRange> _ranges = [];

    public AddressSet()
    {
    }

    public AddressSet(IEnumerable<AddressRange> ranges)
    {
        foreach (var range in ranges)
        {
            Add(range);
        }

        _ranges.TrimExcess();
    }

    public static AddressSet None { get; } = new();

    public bool IsEmpty => _ranges.Count == 0;

    public IReadOnlyList<AddressRange> Ranges => _ranges;

    public static AddressSet All(AddressFamily family) => new([AddressRange.All(family)]);

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
                Merge(new AddressRange(first, hole.First.Previous));
            }

            if (hole.Last >= range.Last)
            {
                return;
            }

            first = hole.Last.Next;
        }

        Merge(new AddressRange(first, range.Last));
    }

    /// <summary>Adds all addresses of another set.</summary>
    public void Add(AddressSet other)
    {
        foreach (var range in other._ranges)
        {
            Add(range);
        }
    }

    /// <summary>What is in both sets.</summary>
    public AddressSet And(AddressSet other)
    {
        var both = new AddressSet();
        var (i, j) = (0, 0);
        while (i < _ranges.Count && j < other._ranges.Count)
        {
            var (left, right) = (_ranges[i], other._ranges[j]);
            var first = left.First > right.First ? left.First : right.First;
            var last = left.Last < right.Last ? left.Last : right.Last;
            if (first <= last)
            {
                both._ranges.Add(new AddressRange(first, last));
            }

            if (left.Last < right.Last)
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return both;
    }

    /// <summary>What is here and not there.</summary>
    public AddressSet Without(AddressSet other)
    {
        var rest = new AddressSet();
        foreach (var range in _ranges)
        {
            rest.Add(range, other);
        }

        return rest;
    }

    /// <summary>
    /// Whether the set lets the Internet in: at least half of all IPv4 addresses, or of IPv6's global unicast space. So 0.0.0.0/0 does,
    /// so do its halves together, and so does what is left after a few exceptions.
    /// </summary>
    public bool IsInternet(AddressFamily family)
    {
        // IPv6's global unicast space is 2000::/3, counted by networks of 64 bits.
        var (first, last) = family == AddressFamily.Ipv4 ? (0UL, (ulong)uint.MaxValue) : (0x2000_0000_0000_0000, 0x3FFF_FFFF_FFFF_FFFF);
        var size = 0UL;
        foreach (var range in _ranges)
        {
            var (from, to) = family == AddressFamily.Ipv4 ? (range.First.Low, range.Last.Low) : (range.First.High, range.Last.High);
            (from, to) = (Math.Max(from, first), Math.Min(to, last));
            size += from <= to ? to - from + 1 : 0;
        }

        return size >= ((last - first) / 2) + 1;
    }

    public bool SetEquals(AddressSet other) => _ranges.SequenceEqual(other._ranges);

    /// <summary>The first of its ranges, as people write them.</summary>
    public string ToText(AddressFamily family) =>
        string.Join(", ", _ranges.Take(MostShown).Select(range => range.ToText(family))) + (_ranges.Count > MostShown ? $" and {_ranges.Count - MostShown} more" : "");

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

            range = new AddressRange(range.First < other.First ? range.First : other.First, range.Last > other.Last ? range.Last : other.Last);
            _ranges.RemoveAt(at);
        }

        _ranges.Insert(at, range);
    }
}
