using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CloudPosture.Graph.Network.Addresses;

/// <summary>A CIDR block with addresses of the Internet in it, rather than of private and other special networks alone (RFC 6890).</summary>
/// <param name="Family">The version of the protocol.</param>
/// <param name="PrefixLength">The length of its prefix; 0 for every address.</param>
internal readonly record struct PublicRange(AddressFamily Family, int PrefixLength)
{
    private static readonly IReadOnlyList<AddressRange> SpecialIpv4 = Ranges(
        AddressFamily.Ipv4,
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4");

    private static readonly IReadOnlyList<AddressRange> SpecialIpv6 = Ranges(AddressFamily.Ipv6, "::/64", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10");

    /// <summary>The public range that a CIDR block is; null where it is none, or no CIDR block.</summary>
    public static PublicRange? Of(string cidr)
    {
        var family = cidr.Contains(":") ? AddressFamily.Ipv6 : AddressFamily.Ipv4;
        var parts = cidr.Split('/');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return null;
        }

        return AddressRange.TryParse(cidr, family, out var range) && !(family == AddressFamily.Ipv4 ? SpecialIpv4 : SpecialIpv6).Any(special => special.Contains(range))
            ? new PublicRange(family, length)
            : null;
    }

    private static IReadOnlyList<AddressRange> Ranges(AddressFamily family, params string[] cidrs) =>
        [.. cidrs.Select(cidr => AddressRange.TryParse(cidr, family, out var range) ? range : default)];
}
