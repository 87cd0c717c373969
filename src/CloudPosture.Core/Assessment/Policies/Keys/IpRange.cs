using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>A network, or one address, of a policy.</summary>
internal sealed class IpRange
{
    private const int WidestIpv4 = 8;
    private const int WidestIpv6 = 32;
    private readonly byte[] _address;
    private readonly int _length;

    private IpRange(byte[] address, int length) => (_address, _length) = (address, length);

    /// <summary>Whether the network is narrow enough to confine, by the bounds that S3 publishes.</summary>
    public bool IsConfining => _length >= (_address.Length == 4 ? WidestIpv4 : WidestIpv6);

    /// <summary>Parses an address or a CIDR block; null for anything else.</summary>
    public static IpRange? Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)
            || address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var length = bytes.Length * 8;
        return parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bytes.Length * 8)
            ? new IpRange(bytes, length)
            : null;
    }

    /// <summary>Whether the other's first address lies within.</summary>
    public bool Contains(IpRange other)
    {
        if (other._address.Length != _address.Length)
        {
            return false;
        }

        for (var bit = 0; bit < _length; bit++)
        {
            if (((_address[bit / 8] ^ other._address[bit / 8]) & (0x80 >> (bit % 8))) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first address and the last, and the next ones beyond them.</summary>
    public string[] Edges =>
    [
        Edge(isLast: false, isBeyond: false),
        Edge(isLast: true, isBeyond: false),
        Edge(isLast: false, isBeyond: true),
        Edge(isLast: true, isBeyond: true),
    ];

    private string Edge(bool isLast, bool isBeyond)
    {
        var bytes = (byte[])_address.Clone();
        for (var bit = _length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] = (byte)(isLast ? bytes[bit / 8] | (0x80 >> (bit % 8)) : bytes[bit / 8] & ~(0x80 >> (bit % 8)));
        }

        for (var i = bytes.Length - 1; isBeyond && i >= 0; i--)
        {
            bytes[i] = (byte)(isLast ? bytes[i] + 1 : bytes[i] - 1);
            if (bytes[i] != (isLast ? 0 : 255))
            {
                break;
            }
        }

        return new IPAddress(bytes).ToString();
    }
}
