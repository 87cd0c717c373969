using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Reads network interfaces and the instances they belong to.</summary>
/// <param name="parts">What networks share.</param>
internal sealed class InterfaceReader(SharedParts parts)
{
    private const string OfBalancer = "ELB ";

    // What AWS runs itself, and what only begins connections.
    private static readonly Dictionary<string, string> Silent = new(StringComparer.Ordinal)
    {
        ["nat_gateway"] = "a NAT gateway takes no connections",
        ["natGateway"] = "a NAT gateway takes no connections",
        ["lambda"] = "a function's interface takes no connections",
        ["transit_gateway"] = "a transit gateway's interface takes no connections",
        ["aws_codestar_connections_managed"] = "the interface takes no connections",
    };

    private readonly Dictionary<string, string[]> _groups = new(StringComparer.Ordinal);
    private readonly List<NetworkEndpoint> _endpoints = [];
    private readonly Dictionary<string, (string Arn, string State)> _instances = new(StringComparer.Ordinal);

    /// <summary>The interfaces of load balancers, by what they call it.</summary>
    public Dictionary<string, List<NetworkEndpoint>> OfBalancers { get; } = new(StringComparer.Ordinal);

    public void AddInstance(Resource resource) =>
        _instances[resource.Id] = (resource.Arn, parts.One(resource.Configuration.Member("State")?.Text("Name") ?? "running"));

    public void AddInterface(Resource resource)
    {
        var json = resource.Configuration;
        var instance = json.Member("Attachment")?.Text("InstanceId");
        var kind = parts.One(json.Text("InterfaceType") ?? "interface");
        var addresses = json.Items("PrivateIpAddresses").ToList();
        var ipv6 = json.Items("Ipv6Addresses").Select(address => address.Text("Ipv6Address")).OfType<string>().FirstOrDefault();
        var open = json.Member("Association")?.Text("PublicIp")
            ?? addresses.Select(address => address.Member("Association")?.Text("PublicIp")).OfType<string>().FirstOrDefault();
        var endpoint = new NetworkEndpoint
        {
            ResourceType = instance is null ? NetworkTypes.Interface : NetworkTypes.Instance,
            ResourceId = instance is null ? resource.Id : parts.One(instance),
            ResourceArn = resource.Arn,
            AccountId = parts.One(resource.AccountId),
            Region = parts.One(resource.Region),
            InterfaceId = resource.Id,
            SubnetId = parts.One(json.Text("SubnetId") ?? ""),
            GroupIds = Groups(json),
            IsPublic = open is not null,
            PublicAddress = open,
            HasIpv6 = ipv6 is not null,
            Ipv6Address = ipv6,
            Kind = kind,
            PrivateAddresses = PrivateAddresses(json, addresses),
            Silence = Silent.TryGetValue(kind, out var why) ? why : null,
        };
        if (json.Text("Description") is { } description && description.StartsWith(OfBalancer, StringComparison.Ordinal))
        {
            AddOfBalancer(description.Substring(OfBalancer.Length), endpoint);
        }
        else
        {
            _endpoints.Add(endpoint);
        }
    }

    /// <summary>The interfaces but those of load balancers, each as that of its instance where it has one.</summary>
    public IEnumerable<NetworkEndpoint> Endpoints() => _endpoints.Select(endpoint =>
        endpoint.ResourceType != NetworkTypes.Instance || !_instances.TryGetValue(endpoint.ResourceId, out var instance) ? endpoint
        : endpoint with { ResourceArn = instance.Arn, Silence = endpoint.Silence ?? (instance.State is "running" or "pending" ? null : $"the instance is {instance.State}") });

    private void AddOfBalancer(string key, NetworkEndpoint endpoint)
    {
        if (!OfBalancers.TryGetValue(key, out var endpoints))
        {
            OfBalancers[key] = endpoints = [];
        }

        endpoints.Add(endpoint);
    }

    private static Address[] PrivateAddresses(JsonElement json, List<JsonElement> addresses) =>
    [
        .. addresses.Select(address => address.Text("PrivateIpAddress"))
            .Concat(addresses.Count == 0 ? [json.Text("PrivateIpAddress")] : [])
            .Select(text => Address.Parse(text, AddressFamily.Ipv4))
            .OfType<Address>(),
    ];

    // Interfaces share few lists of groups, and what is computed of a list is found again by it.
    private string[]? Groups(JsonElement json)
    {
        var ids = json.Items("Groups").Select(group => group.Text("GroupId")).OfType<string>().OrderBy(id => id, StringComparer.Ordinal).ToArray();
        if (ids.Length == 0)
        {
            return null;
        }

        var key = string.Join(" ", ids);
        if (!_groups.TryGetValue(key, out var known))
        {
            _groups[key] = known = [.. ids.Select(parts.One)];
        }

        return known;
    }
}
