using System.Collections.Generic;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A rule of a security group or a network ACL with its networks parsed.</summary>
/// <param name="Allows">Allow, or else deny.</param>
/// <param name="Protocol">The protocol's number; -1 for all.</param>
/// <param name="Ports">The ports.</param>
/// <param name="Ipv4">The networks of IPv4.</param>
/// <param name="Ipv6">The networks of IPv6.</param>
/// <param name="PrefixListIds">Prefix lists that count too.</param>
/// <param name="GroupIds">Security groups whose members count too.</param>
internal sealed record FlowRule(
    bool Allows, int Protocol, PortRange Ports, AddressRange[] Ipv4, AddressRange[] Ipv6, IReadOnlyList<string> PrefixListIds, IReadOnlyList<string> GroupIds)
{
    private const int AllProtocols = -1;

    public static FlowRule Of(IngressRule rule) =>
        new(rule.Allows, rule.Protocol, rule.Ports, Parse(rule.Cidrs, AddressFamily.Ipv4), Parse(rule.Cidrs, AddressFamily.Ipv6), rule.PrefixListIds, rule.GroupIds);

    public AddressRange[] Ranges(AddressFamily family) => family == AddressFamily.Ipv4 ? Ipv4 : Ipv6;

    public bool IsAbout(int protocol) => Protocol == AllProtocols || Protocol == protocol;

    /// <summary>The ports that it is about: all of them where it is about all protocols.</summary>
    public PortRange PortsOf(int protocol) => Protocol == protocol ? Ports : PortRange.All;

    private static AddressRange[] Parse(IReadOnlyList<string> cidrs, AddressFamily family)
    {
        var ranges = new List<AddressRange>(cidrs.Count);
        foreach (var cidr in cidrs)
        {
            if (AddressRange.TryParse(cidr, family, out var range))
            {
                ranges.Add(range);
            }
        }

        return [.. ranges];
    }
}
