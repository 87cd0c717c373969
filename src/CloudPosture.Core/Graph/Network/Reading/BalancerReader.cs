using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>Reads load balancers, their listeners and their targets.</summary>
internal sealed class BalancerReader
{
    private const string Marker = "loadbalancer/";

    public void Add(Resource resource, NetworkModel model)
    {
        switch (resource.Type)
        {
            case NetworkTypes.LoadBalancer:
                model.Balancers.Add(Balancer(resource));
                break;
            case NetworkTypes.ClassicBalancer:
                model.Balancers.Add(Classic(resource));
                break;
            default:
                var group = TargetGroup(resource);
                model.TargetGroups[group.Arn] = group;
                break;
        }
    }

    /// <summary>Gives load balancers their endpoints: their interfaces, or one a subnet where these were not read.</summary>
    public static void AddEndpoints(NetworkModel model, IReadOnlyDictionary<string, List<NetworkEndpoint>> interfaces)
    {
        foreach (var balancer in model.Balancers)
        {
            model.Endpoints.AddRange(interfaces.TryGetValue(balancer.Key, out var own) && own.Count > 0
                ? own.Select(endpoint => Of(balancer) with
                {
                    InterfaceId = endpoint.InterfaceId,
                    SubnetId = endpoint.SubnetId,
                    GroupIds = endpoint.GroupIds ?? balancer.GroupIds,
                    IsPublic = endpoint.IsPublic,
                    PublicAddress = endpoint.PublicAddress,
                    HasIpv6 = endpoint.HasIpv6,
                    Ipv6Address = endpoint.Ipv6Address,
                    PrivateAddresses = endpoint.PrivateAddresses,
                })
                : balancer.SubnetIds.Select(subnet => Of(balancer) with { SubnetId = subnet }));
        }
    }

    private static NetworkEndpoint Of(Balancer balancer) => new()
    {
        ResourceType = balancer.Type,
        ResourceId = balancer.Id,
        ResourceArn = balancer.Arn,
        AccountId = balancer.AccountId,
        Region = balancer.Region,
        SubnetId = "",
        GroupIds = balancer.GroupIds,
        IsPublic = balancer.IsInternetFacing,
        HasIpv6 = balancer.HasIpv6,
        Listeners = [.. balancer.Forwards.Select(forward => forward.Listener).Distinct()],
        Silence = balancer.Forwards.Count == 0 ? "it has no listener" : null,
    };

    private static Balancer Balancer(Resource resource)
    {
        var json = resource.Configuration;
        var type = json.Text("Type");
        var groups = Texts(json, "SecurityGroups");
        var at = resource.Arn.IndexOf(Marker, StringComparison.Ordinal);
        return new Balancer
        {
            Type = resource.Type,
            Id = resource.Id,
            Arn = resource.Arn,
            AccountId = resource.AccountId,
            Region = resource.Region,
            Key = at < 0 ? resource.Name : resource.Arn.Substring(at + Marker.Length),
            DnsName = (json.Text("DNSName") ?? "").ToLowerInvariant(),
            IsInternetFacing = json.Text("Scheme") == "internet-facing",
            HasIpv6 = json.Text("IpAddressType")?.StartsWith("dualstack", StringComparison.Ordinal) == true,
            KeepsSource = type is "network" or "gateway",
            SubnetIds = [.. json.Items("AvailabilityZones").Select(zone => zone.Text("SubnetId")).OfType<string>()],
            GroupIds = groups.Count == 0 ? null : groups,
            Forwards = [.. json.Items("Listeners").SelectMany(ForwardsOf)],
        };
    }

    private static IEnumerable<Forward> ForwardsOf(JsonElement listener)
    {
        var groups = listener.Items("DefaultActions")
            .SelectMany(action => (action.Member("ForwardConfig")?.Items("TargetGroups").Select(group => group.Text("TargetGroupArn")) ?? []).Append(action.Text("TargetGroupArn")))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var protocol in Protocols(listener.Text("Protocol")))
        {
            yield return new Forward(new Listener(protocol, Number(listener, "Port") ?? 0), groups, [], listener.Text("ListenerArn"));
        }
    }

    private static Balancer Classic(Resource resource)
    {
        var json = resource.Configuration;
        var groups = Texts(json, "SecurityGroups");
        var instances = json.Items("Instances").Select(instance => instance.Text("InstanceId")).OfType<string>().ToList();
        return new Balancer
        {
            Type = resource.Type,
            Id = resource.Id,
            Arn = resource.Arn,
            AccountId = resource.AccountId,
            Region = resource.Region,
            Key = resource.Name,
            DnsName = (json.Text("DNSName") ?? "").ToLowerInvariant(),
            IsInternetFacing = json.Text("Scheme") == "internet-facing",
            HasIpv6 = false,
            KeepsSource = false,
            SubnetIds = Texts(json, "Subnets"),
            GroupIds = groups.Count == 0 ? null : groups,
            Forwards =
            [
                .. json.Items("ListenerDescriptions").Select(description => description.Member("Listener")).OfType<JsonElement>().Select(listener => new Forward(
                    new Listener(IngressRules.Tcp, Number(listener, "LoadBalancerPort") ?? 0), [], [.. instances.Select(id => new Target(id, Number(listener, "InstancePort")))])),
            ],
        };
    }

    private static TargetGroup TargetGroup(Resource resource)
    {
        var json = resource.Configuration;
        return new TargetGroup(
            resource.Arn,
            json.Text("TargetType") ?? "instance",
            Protocols(json.Text("Protocol"))[0],
            json.Text("VpcId"),
            Texts(json, "LoadBalancerArns"),
            [.. json.Items("Targets")
                .Select(health => health.Member("Target")).OfType<JsonElement>()
                .Select(target => new Target(target.Text("Id") ?? "", Number(target, "Port") ?? Number(json, "Port")))]);
    }

    private static int[] Protocols(string? name) => name switch
    {
        "UDP" or "QUIC" => [IngressRules.Udp],
        "TCP_UDP" or "TCP_QUIC" => [IngressRules.Tcp, IngressRules.Udp],
        _ => [IngressRules.Tcp],
    };

    private static IReadOnlyList<string> Texts(JsonElement json, string list) =>
        [.. json.Items(list).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)];

    private static int? Number(JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
