using CloudPosture.Graph.Network.Addresses;

namespace CloudPosture.Graph.Network.Parts;

/// <summary>A subnet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that showed it.</param>
/// <param name="Region">Its Region.</param>
/// <param name="VpcId">Its VPC.</param>
/// <param name="Zone">Its availability zone.</param>
/// <param name="Ipv4">Its addresses of IPv4.</param>
/// <param name="Ipv6">Its addresses of IPv6.</param>
internal sealed record Subnet(string Id, string AccountId, string Region, string VpcId, string Zone, AddressSet Ipv4, AddressSet Ipv6) : NetworkPart(Id, AccountId, Region)
{
    public AddressSet Addresses(AddressFamily family) => family == AddressFamily.Ipv4 ? Ipv4 : Ipv6;
}
