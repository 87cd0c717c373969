using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CloudPosture.Graph.Network.Addresses;

/// <summary>A range of ports, both ends included.</summary>
internal readonly record struct PortRange(int First, int Last)
{
    private const int Highest = 65535;

    public static readonly PortRange All = new(0, Highest);

    /// <summary>Parses a port, or a range such as 20-21.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static PortRange Parse(string text)
    {
        var parts = text.Split('-');
        return TryPort(parts[0], out var first) && TryPort(parts[parts.Length - 1], out var last) && parts.Length <= 2 && first <= last
            ? new PortRange(first, last)
            : throw new FormatException($"'{text}' is no port. Ports are 0 to {Highest}, ranges look like 20-21.");
    }

    /// <summary>What is left of some ports when others are taken away.</summary>
    public static IEnumerable<PortRange> Without(IEnumerable<PortRange> ports, IReadOnlyList<PortRange> exceptions) =>
        exceptions.Aggregate(ports, (left, hole) => left.SelectMany(range => range.Without(hole)));

    /// <summary>All ports, in stretches that no range begins or ends within.</summary>
    public static IReadOnlyList<PortRange> Split(IEnumerable<PortRange> ranges)
    {
        var starts = new SortedSet<int> { 0 };
        foreach (var range in ranges)
        {
            starts.Add(Math.Max(0, range.First));
            starts.Add(Math.Min(Highest, range.Last) + 1);
        }

        starts.Remove(Highest + 1);
        var firsts = starts.ToList();
        return [.. firsts.Select((first, index) => new PortRange(first, index + 1 < firsts.Count ? firsts[index + 1] - 1 : Highest))];
    }

    private IEnumerable<PortRange> Without(PortRange hole)
    {
        var (before, after) = (new PortRange(First, Math.Min(Last, hole.First - 1)), new PortRange(Math.Max(First, hole.Last + 1), Last));
        return new[] { before, after }.Where(range => range.First <= range.Last).Distinct();
    }

    public bool Contains(int port) => port >= First && port <= Last;

    public bool Overlaps(PortRange other) => First <= other.Last && other.First <= Last;

    /// <summary>What is in both of two ranges that overlap.</summary>
    public PortRange And(PortRange other) => new(Math.Max(First, other.First), Math.Min(Last, other.Last));

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= Highest;
}
