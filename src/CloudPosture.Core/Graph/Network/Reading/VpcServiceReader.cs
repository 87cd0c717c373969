using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph.Network.Reading;

/// <summary>The services that say for themselves where they listen.</summary>
internal static class VpcServiceReader
{
    private const string RedshiftSubnets = "AWS::Redshift::ClusterSubnetGroup";

    private static readonly VpcService[] Known =
    [
        new("AWS::RDS::DBInstance", Path("PubliclyAccessible"), "true", Path("Endpoint.Port"), [], Path("VpcSecurityGroups[].VpcSecurityGroupId"),
            Path("DBSubnetGroup.Subnets[].SubnetIdentifier"), null, null, Path("AvailabilityZone"), Path("DBInstanceStatus")),
        new("AWS::Redshift::Cluster", Path("PubliclyAccessible"), "true", Path("Endpoint.Port"), [], Path("VpcSecurityGroups[].VpcSecurityGroupId"),
            Path("Subnets[].SubnetIdentifier"), Path("ClusterSubnetGroupName"), RedshiftSubnets, Path("AvailabilityZone"), Path("ClusterStatus")),
        new("AWS::RedshiftServerless::Workgroup", Path("publiclyAccessible"), "true", Path("endpoint.port"), [], Path("securityGroupIds[]"), Path("subnetIds[]"), null, null, null, null),
        new("AWS::AmazonMQ::Broker", Path("Broker.PubliclyAccessible"), "true", null, [443, 5671, 8162, 8883, 61614, 61617], Path("Broker.SecurityGroups[]"), Path("Broker.SubnetIds[]"), null, null, null, null),

        // The brokers' ports for clients outside the VPC, one a way of signing in.
        new("AWS::MSK::Cluster", Path("Provisioned.BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type"), "SERVICE_PROVIDED_EIPS", null, [9194, 9196, 9198],
            Path("Provisioned.BrokerNodeGroupInfo.SecurityGroups[]"), Path("Provisioned.BrokerNodeGroupInfo.ClientSubnets[]"), null, null, null, null),
    ];

    public static IEnumerable<string> Types => Known.Select(service => service.Type).Append(RedshiftSubnets);

    /// <summary>How a type listens; null where it is none of them.</summary>
    public static VpcService? Of(string type) => Array.Find(Known, service => service.Type == type);

    public static bool IsSubnetGroup(string type) => type == RedshiftSubnets;

    /// <summary>The endpoints of a resource, one a subnet that it may be in.</summary>
    /// <param name="service">How it listens.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="model">The network.</param>
    /// <param name="subnetsOfGroup">The subnets of its subnet group.</param>
    public static IEnumerable<NetworkEndpoint> Of(VpcService service, Resource resource, NetworkModel model, Func<string, IReadOnlyList<string>> subnetsOfGroup)
    {
        var json = resource.Configuration;
        var subnets = service.SubnetGroup is null ? Texts(service.Subnets, json) : subnetsOfGroup(Text(service.SubnetGroup, json) ?? "");
        var zone = service.Zone is null ? null : Text(service.Zone, json);
        var inZone = subnets.Where(id => zone is null || !model.Subnets.TryGetValue(id, out var subnet) || subnet.Zone == zone).ToList();
        var template = Template(service, resource);
        return (inZone.Count > 0 ? inZone : subnets).Select(subnet => template with { SubnetId = subnet });
    }

    private static NetworkEndpoint Template(VpcService service, Resource resource)
    {
        var json = resource.Configuration;
        var status = service.Status is null ? null : Text(service.Status, json);
        var ports = service.Port is null ? service.Ports : [.. Texts(service.Port, json)
            .Select(text => int.TryParse(text, out var port) ? port : -1)
            .Where(port => port >= 0)];
        return new NetworkEndpoint
        {
            ResourceType = resource.Type,
            ResourceId = resource.Id,
            ResourceArn = resource.Arn,
            AccountId = resource.AccountId,
            Region = resource.Region,
            SubnetId = "",
            GroupIds = Texts(service.Groups, json),
            IsPublic = Text(service.Public, json) is { } said ? string.Equals(said, service.PublicValue, StringComparison.OrdinalIgnoreCase)
                : resource.Gaps.Any(gap => gap.Field is null || service.Public.IsTouchedBy(gap.Field)) ? null : false,
            Listeners = ports.Length == 0 ? null : [.. ports.Select(port => new Listener(IngressRules.Tcp, port))],
            Silence = status is "stopped" or "paused" or "stopping" ? $"it is {status}" : null,
        };
    }

    private static JsonPath Path(string text) => JsonPath.Parse(text);

    private static string? Text(JsonPath path, JsonElement json) => Texts(path, json).FirstOrDefault();

    private static IReadOnlyList<string> Texts(JsonPath path, JsonElement json) =>
        [.. path.FindAll(json)
            .Where(value => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            .Select(value => value.ToString())];
}
