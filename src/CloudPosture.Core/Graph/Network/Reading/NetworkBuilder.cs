using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Reads networks from resources as they stream by; nothing of a resource itself is kept.</summary>
internal sealed class NetworkBuilder
{
    private readonly NetworkModel _model = new();
    private readonly SharedParts _parts = new();
    private readonly InterfaceReader _interfaces;
    private readonly BalancerReader _balancers = new();
    private readonly List<(VpcService Service, Resource Resource)> _services = [];
    private readonly Dictionary<(string AccountId, string Region, string Name), IReadOnlyList<string>> _subnetGroups = [];

    public NetworkBuilder() => _interfaces = new InterfaceReader(_parts);

    /// <summary>Notes a list that is not whole.</summary>
    public void Miss(string type, string accountId, string region) => _model.Missing.Add((type, accountId, region));

    /// <summary>Notes what an account's harvest lacks.</summary>
    public void MissGapsOf(IAccountSnapshot account)
    {
        foreach (var gap in account.Gaps.Where(gap => gap.Field is null && NetworkTypes.All.Contains(gap.ResourceType)))
        {
            Miss(gap.ResourceType, account.AccountId, gap.Region);
        }

        foreach (var type in account.WasHarvested("ec2") ? [] : NetworkTypes.OfEc2)
        {
            Miss(type, account.AccountId, ResourceRegion.Global);
        }
    }

    /// <summary>Takes what a resource says of the network.</summary>
    public void Add(Resource resource)
    {
        var json = resource.Configuration;
        switch (resource.Type)
        {
            case NetworkTypes.Vpc:
                _model.Vpcs[_parts.One(resource.Id)] = new Vpc(_parts.One(resource.Id), json.Text("OwnerId") ?? resource.AccountId, resource.Region, Blocks(json, AddressFamily.Ipv4), Blocks(json, AddressFamily.Ipv6));
                break;
            case NetworkTypes.Subnet:
                _model.Subnets[_parts.One(resource.Id)] = new Subnet(
                    _parts.One(resource.Id), resource.AccountId, resource.Region, _parts.One(json.Text("VpcId") ?? ""), _parts.One(json.Text("AvailabilityZone") ?? ""), Blocks(json, AddressFamily.Ipv4), Blocks(json, AddressFamily.Ipv6));
                break;
            case NetworkTypes.RouteTable:
                AddTable(resource);
                break;
            case NetworkTypes.NetworkAcl:
                AddAcl(resource);
                break;
            case NetworkTypes.SecurityGroup:
                _model.Groups[_parts.One(resource.Id)] = new SecurityGroup(_parts.One(resource.Id), resource.AccountId, resource.Region, _parts.Rules(IngressRules.Read(json) ?? []));
                break;
            case NetworkTypes.PrefixList:
                AddList(resource);
                break;
            case NetworkTypes.InternetGateway:
                AddGateway(resource);
                break;
            case NetworkTypes.Peering:
                AddPeering(resource);
                break;
            case NetworkTypes.RegionSettings:
                _model.PublicAccess[(resource.AccountId, resource.Region)] = ModeOf(resource);
                break;
            case NetworkTypes.Exclusion:
                AddExclusion(json);
                break;
            case NetworkTypes.Interface:
                _interfaces.AddInterface(resource);
                break;
            case NetworkTypes.Instance:
                _interfaces.AddInstance(resource);
                break;
            case NetworkTypes.LoadBalancer or NetworkTypes.ClassicBalancer or NetworkTypes.TargetGroup:
                _balancers.Add(resource, _model);
                break;
            default:
                AddService(resource);
                break;
        }
    }

    /// <summary>The network, once all that is to be known of it was added.</summary>
    public NetworkModel Build()
    {
        _model.Endpoints.AddRange(_interfaces.Endpoints());
        foreach (var (service, resource) in _services)
        {
            _model.Endpoints.AddRange(VpcServiceReader.Of(service, resource, _model, name =>
                _subnetGroups.TryGetValue((resource.AccountId, resource.Region, name), out var subnets) ? subnets : []));
        }

        BalancerReader.AddEndpoints(_model, _interfaces.OfBalancers);
        return _model;
    }

    private AddressSet Blocks(JsonElement json, AddressFamily family)
    {
        var (list, member) = family == AddressFamily.Ipv4 ? ("CidrBlockAssociationSet", "CidrBlock") : ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock");
        return _parts.Blocks(json.Items(list).Select(block => block.Text(member)).Append(json.Text(member)), family);
    }

    private static AddressRange? RangeOf(string? cidr, AddressFamily family) => AddressRange.TryParse(cidr, family, out var range) ? range : null;

    private void AddTable(Resource resource)
    {
        var json = resource.Configuration;
        var table = new RouteTable(resource.Id, resource.AccountId, resource.Region, _parts.One(json.Text("VpcId") ?? ""), json.Items("Routes").Select(RouteOf).ToArray());
        foreach (var association in json.Items("Associations"))
        {
            if (association.Text("SubnetId") is { } subnet)
            {
                _model.TablesOfSubnets[_parts.One(subnet)] = table;
            }

            if (association.Text("GatewayId") is { } gateway)
            {
                _model.TablesOfGateways[gateway] = table;
            }

            if (association.Flag("Main"))
            {
                _model.MainTables[table.VpcId] = table;
            }
        }
    }

    private Route RouteOf(JsonElement json) => _parts.One(new Route(
        RangeOf(json.Text("DestinationCidrBlock"), AddressFamily.Ipv4),
        RangeOf(json.Text("DestinationIpv6CidrBlock"), AddressFamily.Ipv6),
        json.Text("DestinationPrefixListId"),
        json.Text("GatewayId") ?? json.Text("NatGatewayId") ?? json.Text("TransitGatewayId") ?? json.Text("VpcPeeringConnectionId") ?? json.Text("EgressOnlyInternetGatewayId")
            ?? json.Text("NetworkInterfaceId") ?? json.Text("LocalGatewayId") ?? json.Text("CarrierGatewayId") ?? json.Text("CoreNetworkArn") ?? json.Text("InstanceId") ?? "nothing",
        json.Text("State") != "blackhole"));

    private void AddAcl(Resource resource)
    {
        var json = resource.Configuration;
        var acl = new NetworkAcl(
            resource.Id, resource.AccountId, resource.Region, _parts.Rules(IngressRules.Read(json) ?? []), _parts.Rules(IngressRules.ReadOutbound(json)));
        foreach (var subnet in json.Items("Associations").Select(association => association.Text("SubnetId")).OfType<string>())
        {
            _model.AclsOfSubnets[_parts.One(subnet)] = acl;
        }
    }

    private void AddList(Resource resource)
    {
        var json = resource.Configuration;
        var isRead = json.Member("Entries") is not null && !resource.Gaps.Any(gap => gap.Field is null or "Entries");
        var cidrs = json.Items("Entries").Select(entry => entry.Text("Cidr")).ToList();
        _model.PrefixLists[resource.Id] = new PrefixList(
            resource.Id, resource.AccountId, resource.Region, json.Text("PrefixListName") ?? "", string.Equals(json.Text("OwnerId"), "AWS", StringComparison.Ordinal),
            isRead ? [.. cidrs.Select(cidr => RangeOf(cidr, AddressFamily.Ipv4)).OfType<AddressRange>()] : null,
            isRead ? [.. cidrs.Select(cidr => RangeOf(cidr, AddressFamily.Ipv6)).OfType<AddressRange>()] : null);
    }

    private void AddGateway(Resource resource)
    {
        foreach (var attachment in resource.Configuration.Items("Attachments").Where(attachment => attachment.Text("State") is null or "available" or "attached"))
        {
            if (attachment.Text("VpcId") is { } vpc)
            {
                _model.VpcsOfGateways[_parts.One(resource.Id)] = _parts.One(vpc);
            }
        }
    }

    private void AddPeering(Resource resource)
    {
        var json = resource.Configuration;
        _model.Peerings[resource.Id] = new Peering(
            resource.Id, resource.AccountId, resource.Region,
            json.Member("RequesterVpcInfo")?.Text("VpcId") ?? "", json.Member("AccepterVpcInfo")?.Text("VpcId") ?? "", json.Member("Status")?.Text("Code") is null or "active");
    }

    private static PublicAccessMode ModeOf(Resource resource) =>
        resource.Configuration.Member("VpcBlockPublicAccess") is not { } block
            ? resource.Gaps.Any(gap => gap.Field is null or "VpcBlockPublicAccess") ? PublicAccessMode.Unknown : PublicAccessMode.Open
            : block.Text("InternetGatewayBlockMode") switch
            {
                "block-bidirectional" => PublicAccessMode.Blocked,
                "block-ingress" => PublicAccessMode.OutboundOnly,
                _ => PublicAccessMode.Open,
            };

    private void AddExclusion(JsonElement json)
    {
        if (json.Text("State") is null or "create-complete" or "update-complete" or "update-in-progress" or "update-failed" && json.Text("ResourceArn") is { } arn)
        {
            _model.Exclusions[arn.Substring(arn.LastIndexOf('/') + 1)] = json.Text("InternetGatewayExclusionMode") == "allow-bidirectional" ? PublicAccessMode.Open : PublicAccessMode.OutboundOnly;
        }
    }

    private void AddService(Resource resource)
    {
        if (VpcServiceReader.IsSubnetGroup(resource.Type))
        {
            _subnetGroups[(resource.AccountId, resource.Region, resource.Id)] = [.. resource.Configuration.Items("Subnets").Select(subnet => subnet.Text("SubnetIdentifier")).OfType<string>()];
        }
        else if (VpcServiceReader.Of(resource.Type) is { } service)
        {
            _services.Add((service, resource));
        }
    }
}
