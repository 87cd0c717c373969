using System;
using System.Net;

namespace CloudPosture.Graph.Network.Addresses;

/// <summary>An address of either family as a number of 128 bits; one of IPv4 has the upper 96 clear.</summary>
internal readonly record struct Address(ulong High, ulong Low) : IComparable<Address>
{
    private const int HalfBytes = 8;

    /// <summary>The address after this one; the last has itself.</summary>
    public Address Next => Low < ulong.MaxValue ? new(High, Low + 1) : High < ulong.MaxValue ? new(High + 1, 0) : this;

    /// <summary>The address before this one; the first has itself.</summary>
    public Address Previous => Low > 0 ? new(High, Low - 1) : High > 0 ? new(High - 1, ulong.MaxValue) : this;

    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    /// <summary>The address of a text; null where it is none of the family.</summary>
    public static Address? Parse(string? text, AddressFamily family) =>
        IPAddress.TryParse(text ?? "", out var address) && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) == (family == AddressFamily.Ipv6)
            ? Of(address)
            : null;

    public static Address Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var (high, low) = (0UL, 0UL);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes.Length > HalfBytes && i < HalfBytes)
            {
                high = (high << 8) | bytes[i];
            }
            else
            {
                low = (low << 8) | bytes[i];
            }
        }

        return new Address(high, low);
    }

    public int CompareTo(Address other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The address as people write it.</summary>
    public string ToText(AddressFamily family)
    {
        var bytes = new byte[family == AddressFamily.Ipv4 ? 4 : 16];
        for (var i = 0; i < bytes.Length; i++)
        {
            var place = bytes.Length - 1 - i;
            bytes[i] = (byte)(place < HalfBytes ? Low >> (8 * place) : High >> (8 * (place - HalfBytes)));
        }

        return new IPAddress(bytes).ToString();
    }
}
