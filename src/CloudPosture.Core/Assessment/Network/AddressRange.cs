using System.Globalization;
using System.Net;

namespace CloudPosture.Assessment.Network;

/// <summary>A range of addresses, both ends included. IPv6 is seen by its upper 64 bits: what is smaller than a subnet is no Internet.</summary>
internal readonly record struct AddressRange(ulong First, ulong Last)
{
    private const int Ipv4Bits = 32;
    private const int SubnetBits = 64;

    /// <summary>Parses a CIDR block.</summary>
    /// <returns>False where it is none of this family.</returns>
    public static bool TryParse(string? cidr, AddressFamily family, out AddressRange range)
    {
        range = default;
        var parts = cidr?.Split('/');
        if (parts is not { Length: 2 }
            || !IPAddress.TryParse(parts[0], out var address)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) != (family == AddressFamily.Ipv6)
            || length > address.GetAddressBytes().Length * 8)
        {
            return false;
        }

        var bits = family == AddressFamily.Ipv4 ? Ipv4Bits : SubnetBits;
        var first = 0UL;
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bits / 8; i++)
        {
            first = (first << 8) | bytes[i];
        }

        var free = bits - length;
        if (free < 0)
        {
            return false;
        }

        var mask = free == SubnetBits ? ulong.MaxValue : (1UL << free) - 1;
        range = new AddressRange(first & ~mask, (first & ~mask) | mask);
        return true;
    }
}
