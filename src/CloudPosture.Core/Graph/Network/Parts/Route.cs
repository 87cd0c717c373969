using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A route.</summary>
/// <param name="Ipv4">The destination, where it is of IPv4.</param>
/// <param name="Ipv6">The destination, where it is of IPv6.</param>
/// <param name="PrefixListId">The list of destinations, where it is one.</param>
/// <param name="Target">What it leads to: <c>local</c>, or the id of a gateway, an interface or a connection.</param>
/// <param name="IsActive">False where what it leads to is gone.</param>
internal sealed record Route(AddressRange? Ipv4, AddressRange? Ipv6, string? PrefixListId, string Target, bool IsActive)
{
    public AddressRange? Destination(AddressFamily family) => family == AddressFamily.Ipv4 ? Ipv4 : Ipv6;
}
