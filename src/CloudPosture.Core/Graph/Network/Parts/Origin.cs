using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>Where packets come from.</summary>
internal sealed record Origin
{
    /// <summary>What everyone is called.</summary>
    public const string InternetName = "Internet";

    private static readonly AddressRange[] InsideIpv4 = [.. new[] { "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16" }.Select(cidr => Range(cidr, AddressFamily.Ipv4))];
    private static readonly AddressRange InsideIpv6 = Range("fc00::/7", AddressFamily.Ipv6);

    private static readonly AddressSet UnusedIpv4 = new(InsideIpv4);
    private static readonly AddressSet UnusedIpv6 = new([InsideIpv6]);

    /// <summary>Everyone. What a few of its addresses can reach, the Internet cannot: at least half of them must get through.</summary>
    public static Origin Internet { get; } = new()
    {
        Name = InternetName,
        Ipv4 = AddressSet.All(AddressFamily.Ipv4),
        Ipv6 = AddressSet.All(AddressFamily.Ipv6),
        Entry = EntryKind.Gateway,
        IsInternet = true,
    };

    public required string Name { get; init; }

    public required AddressSet Ipv4 { get; init; }

    public required AddressSet Ipv6 { get; init; }

    public required EntryKind Entry { get; init; }

    public bool IsInternet { get; init; }

    /// <summary>The VPC; null where it is none.</summary>
    public string? VpcId { get; init; }

    /// <summary>The security groups of what sends the packets.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>An origin by its name.</summary>
    /// <param name="text"><c>Internet</c>, an address, a CIDR block, or the id of a VPC of the network.</param>
    /// <param name="model">The network.</param>
    /// <exception cref="FormatException">It is none of these; the message says what is.</exception>
    public static Origin Parse(string text, NetworkModel model)
    {
        if (string.Equals(text, Internet.Name, StringComparison.OrdinalIgnoreCase))
        {
            return Internet;
        }

        if (model.Vpcs.TryGetValue(text, out var vpc))
        {
            return new Origin { Name = vpc.Id, Ipv4 = vpc.Ipv4, Ipv6 = vpc.Ipv6, Entry = EntryKind.Inside, VpcId = vpc.Id };
        }

        var cidr = !text.Contains("/") && IPAddress.TryParse(text, out _) ? text + (text.Contains(":") ? "/128" : "/32") : text;
        return AddressRange.TryParse(cidr, AddressFamily.Ipv4, out var ipv4) ? Of(text, ipv4, AddressFamily.Ipv4)
            : AddressRange.TryParse(cidr, AddressFamily.Ipv6, out var ipv6) ? Of(text, ipv6, AddressFamily.Ipv6)
            : throw new FormatException($"'{text}' is no origin. Origins are Internet, addresses, networks such as 198.51.100.0/24 or 2001:db8::/32, and ids of VPCs that were harvested.");
    }

    public AddressSet Addresses(AddressFamily family) => family == AddressFamily.Ipv4 ? Ipv4 : Ipv6;

    /// <summary>Addresses of the origin that no packet comes from, so that it does not matter whether they get through.</summary>
    public AddressSet Unused(AddressFamily family) => !IsInternet ? AddressSet.None : family == AddressFamily.Ipv4 ? UnusedIpv4 : UnusedIpv6;

    /// <summary>Whether so many of its addresses get through that it does.</summary>
    public bool IsEnough(AddressSet passing, AddressFamily family) => IsInternet ? passing.IsInternet(family) : !passing.IsEmpty;

    private static Origin Of(string name, AddressRange range, AddressFamily family)
    {
        var set = new AddressSet([range]);
        var isInside = family == AddressFamily.Ipv4 ? Array.Exists(InsideIpv4, inside => inside.Contains(range)) : InsideIpv6.Contains(range);
        return new Origin
        {
            Name = name,
            Ipv4 = family == AddressFamily.Ipv4 ? set : AddressSet.None,
            Ipv6 = family == AddressFamily.Ipv6 ? set : AddressSet.None,
            Entry = isInside ? EntryKind.Inside : EntryKind.Gateway,
            IsInternet = set.IsInternet(family),
        };
    }

    private static AddressRange Range(string cidr, AddressFamily family) => AddressRange.TryParse(cidr, family, out var range) ? range : default;
}
