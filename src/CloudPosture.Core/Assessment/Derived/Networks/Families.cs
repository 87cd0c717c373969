using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>The argument <c>family</c>: ipv4, ipv6 or any, the default.</summary>
internal static class Families
{
    public static AddressFamily[] Read(YamlMap arguments) => arguments.Choice<AddressFamily[]>(
        "family",
        [AddressFamily.Ipv4, AddressFamily.Ipv6],
        ("ipv4", [AddressFamily.Ipv4]),
        ("ipv6", [AddressFamily.Ipv6]),
        ("any", [AddressFamily.Ipv4, AddressFamily.Ipv6]));
}
