using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A managed prefix list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsOfAws">True where AWS keeps it for a service of its own.</param>
/// <param name="Ipv4">Its networks of IPv4; null where they were not read.</param>
/// <param name="Ipv6">Its networks of IPv6; null where they were not read.</param>
internal sealed record PrefixList(string Id, string AccountId, string Region, string Name, bool IsOfAws, AddressRange[]? Ipv4, AddressRange[]? Ipv6) : NetworkPart(Id, AccountId, Region)
{
    public AddressRange[]? Ranges(AddressFamily family) => family == AddressFamily.Ipv4 ? Ipv4 : Ipv6;
}
