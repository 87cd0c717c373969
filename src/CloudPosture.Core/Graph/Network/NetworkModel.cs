using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Network;

/// <summary>What is known of the networks of some accounts, joined by the ids that EC2 gives once. Made by <see cref="NetworkBuilder"/>.</summary>
internal sealed class NetworkModel
{
    private static readonly IReadOnlyList<NetworkEndpoint> NoEndpoints = [];
    private readonly Dictionary<string, AddressSet> _membersIpv4 = new(StringComparer.Ordinal);
    private ILookup<string, NetworkEndpoint>? _endpointsByGroup;
    private ILookup<string, NetworkEndpoint>? _endpointsByInstance;
    private ILookup<(string Region, Address Address), NetworkEndpoint>? _endpointsByAddress;

    public Dictionary<string, Vpc> Vpcs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Subnet> Subnets { get; } = new(StringComparer.Ordinal);

    /// <summary>The tables that subnets are tied to.</summary>
    public Dictionary<string, RouteTable> TablesOfSubnets { get; } = new(StringComparer.Ordinal);

    /// <summary>The main tables of VPCs.</summary>
    public Dictionary<string, RouteTable> MainTables { get; } = new(StringComparer.Ordinal);

    /// <summary>The tables by which gateways hand on what comes in.</summary>
    public Dictionary<string, RouteTable> TablesOfGateways { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, NetworkAcl> AclsOfSubnets { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SecurityGroup> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PrefixList> PrefixLists { get; } = new(StringComparer.Ordinal);

    /// <summary>The VPCs of internet gateways.</summary>
    public Dictionary<string, string> VpcsOfGateways { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Peering> Peerings { get; } = new(StringComparer.Ordinal);

    /// <summary>What VPC Block Public Access says by account and Region.</summary>
    public Dictionary<(string AccountId, string Region), PublicAccessMode> PublicAccess { get; } = [];

    /// <summary>What it says otherwise of a VPC or a subnet.</summary>
    public Dictionary<string, PublicAccessMode> Exclusions { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists that are not whole: type, account and Region; a Region of <c>global</c> stands for each.</summary>
    public HashSet<(string Type, string AccountId, string Region)> Missing { get; } = [];

    public List<NetworkEndpoint> Endpoints { get; } = [];

    public List<Balancer> Balancers { get; } = [];

    public Dictionary<string, TargetGroup> TargetGroups { get; } = new(StringComparer.Ordinal);

    public bool IsMissing(string type, string accountId, string region) =>
        Missing.Count > 0 && (Missing.Contains((type, accountId, region)) || Missing.Contains((type, accountId, ResourceRegion.Global)));

    /// <summary>The table in force in a subnet: its own, else its VPC's main one; null where that is not known.</summary>
    public RouteTable? TableOf(Subnet subnet) =>
        TablesOfSubnets.TryGetValue(subnet.Id, out var own) ? own
        : !IsMissing(NetworkTypes.RouteTable, subnet.AccountId, subnet.Region) && MainTables.TryGetValue(subnet.VpcId, out var main) ? main
        : null;

    /// <summary>What VPC Block Public Access lets through to a subnet.</summary>
    public PublicAccessMode PublicAccessOf(Subnet subnet)
    {
        var owner = Vpcs.TryGetValue(subnet.VpcId, out var vpc) ? vpc.AccountId : subnet.AccountId;
        var mode = PublicAccess.TryGetValue((owner, subnet.Region), out var set) ? set : PublicAccessMode.Unknown;
        return mode == PublicAccessMode.Open ? mode
            : Exclusions.TryGetValue(subnet.Id, out var own) ? own
            : Exclusions.TryGetValue(subnet.VpcId, out var whole) ? whole
            : IsMissing(NetworkTypes.Exclusion, owner, subnet.Region) ? PublicAccessMode.Unknown
            : mode;
    }

    /// <summary>The private addresses of the interfaces in a group.</summary>
    public AddressSet MembersOf(string groupId, AddressFamily family)
    {
        if (family == AddressFamily.Ipv6)
        {
            return new AddressSet(EndpointsInGroup(groupId)
                .Select(endpoint => Address.Parse(endpoint.Ipv6Address, AddressFamily.Ipv6))
                .OfType<Address>()
                .Select(address => new AddressRange(address, address)));
        }

        if (!_membersIpv4.TryGetValue(groupId, out var members))
        {
            _membersIpv4[groupId] = members = new AddressSet(EndpointsInGroup(groupId)
                .SelectMany(endpoint => endpoint.PrivateAddresses)
                .OrderBy(address => address)
                .Select(address => new AddressRange(address, address)));
        }

        return members;
    }

    public IEnumerable<NetworkEndpoint> EndpointsOfInstance(string instanceId) => (_endpointsByInstance ??= Endpoints
        .Where(endpoint => endpoint.ResourceType == NetworkTypes.Instance)
        .ToLookup(endpoint => endpoint.ResourceId, StringComparer.Ordinal))[instanceId];

    public IEnumerable<NetworkEndpoint> EndpointsAt(string region, string? vpcId, Address address) => (_endpointsByAddress ??= Endpoints
        .Where(endpoint => endpoint.InterfaceId is not null)
        .SelectMany(endpoint => endpoint.PrivateAddresses, (endpoint, own) => (endpoint, own))
        .ToLookup(pair => (pair.endpoint.Region, pair.own), pair => pair.endpoint))[(region, address)]
        .Where(endpoint => vpcId is null || (Subnets.TryGetValue(endpoint.SubnetId, out var subnet) && subnet.VpcId == vpcId));

    private IEnumerable<NetworkEndpoint> EndpointsInGroup(string groupId) => (_endpointsByGroup ??= Endpoints
        .SelectMany(endpoint => endpoint.GroupIds ?? [], (endpoint, group) => (endpoint, group))
        .ToLookup(pair => pair.group, pair => pair.endpoint, StringComparer.Ordinal))[groupId] ?? NoEndpoints;
}
