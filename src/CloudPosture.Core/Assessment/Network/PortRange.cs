using System;
using System.Globalization;

namespace CloudPosture.Assessment.Network;

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

    public bool Contains(int port) => port >= First && port <= Last;

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= Highest;
}
