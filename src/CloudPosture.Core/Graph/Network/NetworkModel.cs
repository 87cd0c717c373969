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
    private static readonly IReadOnlyList<Door> NoDoors = [];
    private readonly Dictionary<string, AddressSet> _membersIpv4 = new(StringComparer.Ordinal);
    private ILookup<string, Door>? _doorsByGroup;
    private ILookup<string, Door>? _doorsByInstance;
    private ILookup<(string Region, Address Address), Door>? _doorsByAddress;

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

    public List<Door> Doors { get; } = [];

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
            return new AddressSet(DoorsInGroup(groupId)
                .Select(door => Address.Parse(door.Ipv6Address, AddressFamily.Ipv6))
                .OfType<Address>()
                .Select(address => new AddressRange(address, address)));
        }

        if (!_membersIpv4.TryGetValue(groupId, out var members))
        {
            _membersIpv4[groupId] = members = new AddressSet(DoorsInGroup(groupId)
                .SelectMany(door => door.PrivateAddresses)
                .OrderBy(address => address)
                .Select(address => new AddressRange(address, address)));
        }

        return members;
    }

    public IEnumerable<Door> DoorsOfInstance(string instanceId) => (_doorsByInstance ??= Doors
        .Where(door => door.ResourceType == NetworkTypes.Instance)
        .ToLookup(door => door.ResourceId, StringComparer.Ordinal))[instanceId];

    public IEnumerable<Door> DoorsAt(string region, string? vpcId, Address address) => (_doorsByAddress ??= Doors
        .Where(door => door.InterfaceId is not null)
        .SelectMany(door => door.PrivateAddresses, (door, own) => (door, own))
        .ToLookup(pair => (pair.door.Region, pair.own), pair => pair.door))[(region, address)]
        .Where(door => vpcId is null || (Subnets.TryGetValue(door.SubnetId, out var subnet) && subnet.VpcId == vpcId));

    private IEnumerable<Door> DoorsInGroup(string groupId) => (_doorsByGroup ??= Doors
        .SelectMany(door => door.GroupIds ?? [], (door, group) => (door, group))
        .ToLookup(pair => pair.group, pair => pair.door, StringComparer.Ordinal))[groupId] ?? NoDoors;
}
