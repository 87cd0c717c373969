using System.Globalization;

namespace CloudPosture.Graph.Network.Addresses;

/// <summary>A range of addresses, both ends included.</summary>
internal readonly record struct AddressRange(Address First, Address Last)
{
    private const int HalfBits = 64;

    /// <summary>Parses a CIDR block.</summary>
    /// <returns>False where it is none of this family.</returns>
    public static bool TryParse(string? cidr, AddressFamily family, out AddressRange range)
    {
        range = default;
        var slash = cidr?.IndexOf('/') ?? -1;
        if (slash < 0
            || Address.Parse(cidr!.Substring(0, slash), family) is not { } address
            || !int.TryParse(cidr.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > BitsOf(family))
        {
            return false;
        }

        range = Of(address, length, family);
        return true;
    }

    /// <summary>All addresses of a family.</summary>
    public static AddressRange All(AddressFamily family) => Of(default, 0, family);

    /// <summary>Whether another range lies within.</summary>
    public bool Contains(AddressRange other) => First <= other.First && other.Last <= Last;

    public bool Overlaps(AddressRange other) => First <= other.Last && other.First <= Last;

    /// <summary>The range as a CIDR block, or as its ends where it is none.</summary>
    public string ToText(AddressFamily family)
    {
        for (var length = 0; length <= BitsOf(family); length++)
        {
            if (Of(First, length, family) == this)
            {
                return $"{First.ToText(family)}/{length}";
            }
        }

        return $"{First.ToText(family)}-{Last.ToText(family)}";
    }

    private static int BitsOf(AddressFamily family) => family == AddressFamily.Ipv4 ? 32 : 128;

    private static AddressRange Of(Address address, int length, AddressFamily family)
    {
        var free = BitsOf(family) - length;
        var (high, low) = (Ones(free - HalfBits), Ones(free));
        return new AddressRange(new(address.High & ~high, address.Low & ~low), new(address.High | high, address.Low | low));
    }

    private static ulong Ones(int bits) => bits <= 0 ? 0 : bits >= HalfBits ? ulong.MaxValue : (1UL << bits) - 1;
}
