using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Content.Cases;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>
/// EC2's networks: a default VPC in each Region and some others, each with its own security group, access list and route table. They hang
/// together, so that what stands in them can be reached or cannot; the network that the content's holes name is one of them.
/// </summary>
internal static class NetworkService
{
    private const string NoFlowLog = "NoFlowLog";
    private const string NoEndpoint = "NoEndpoint";
    private const int SubnetsPerVpc = 3;
    private const int EndpointsPerVpc = 2;
    private const int PrivateVpc = 1;

    private static readonly ResourceType Vpcs = new("vpc")
    {
        Fixed = 2,
        Share = 0.02,
        Id = VpcId,
        Good = Vpc,
        Variants =
        [
            Variant.Fault("EC2.VpcFlowLogs", (vpc, _, _) => vpc[NoFlowLog] = true),
            Variant.Fault("EC2.VpcEndpoints", (vpc, _, _) => vpc[NoEndpoint] = true),
        ],
    };

    private static readonly ResourceType PeeringTables = new("peering-route-table")
    {
        Fixed = 1,
        Id = (cell, index) => cell.Id("rtb-", "peering-route-table", index),
        Good = (cell, index) => RouteTable(cell, cell.Id("rtb-", "peering-route-table", index), VpcId(cell, 0), 0, isMain: false, PeeringRoute(cell, "10.200.7.0/24")),
        Variants =
        [
            Variant.Fault("EC2.PeeringRoutes", (table, cell, _) => table["Routes"]![1] = PeeringRoute(cell, "0.0.0.0/0")),
        ],
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Vpcs, SecurityGroups.OfVpcs(Vpcs), SecurityGroups.Type, NetworkAcls.Type, PeeringTables];

    public static void Register(HandlerTable table)
    {
        table["ec2", "DescribeRegions"] = Regions;
        table["ec2", "DescribeAvailabilityZones"] = call => new JsonObject
        {
            ["AvailabilityZones"] = Json.List(Enumerable.Range(0, 3).Select(index => new JsonObject
            {
                ["State"] = "available",
                ["ZoneName"] = call.Cell.Zone(index),
                ["RegionName"] = call.Cell.Region,
                ["ZoneId"] = ZoneId(call.Cell, index),
            })),
        };
        table["ec2", "DescribeVpcs"] = call => Answer.Of("Vpcs", new LazyList(Vpcs.Count(call.Cell), index => PublicVpc(call.Cell, index)));
        table["ec2", "DescribeSubnets"] = call => Answer.Of("Subnets", new LazyList(Vpcs.Count(call.Cell) * SubnetsPerVpc, index => Subnet(call.Cell, index)));
        table["ec2", "DescribeRouteTables"] = call => Answer.Of("RouteTables", LazyList.Concat(
            new LazyList(Vpcs.Count(call.Cell), index => MainTable(call.Cell, index)), [PrivateTable(call.Cell)], PeeringTables.All(call.Cell)));
        table["ec2", "DescribeNetworkAcls"] = call => Answer.Of("NetworkAcls", LazyList.Concat(
            new LazyList(Vpcs.Count(call.Cell), index => NetworkAcls.Default(call.Cell, index, VpcId(call.Cell, index))), NetworkAcls.Type.All(call.Cell)));
        table["ec2", "DescribeSecurityGroups"] = call => Answer.Of("SecurityGroups", LazyList.Concat(
            SecurityGroups.OfVpcs(Vpcs).All(call.Cell), SecurityGroups.Type.All(call.Cell)));
        table["ec2", "DescribeFlowLogs"] = call => Answer.Of("FlowLogs", VpcsWithout(call.Cell, NoFlowLog, (cell, index) => [FlowLog(cell, index)]));
        table["ec2", "DescribeVpcEndpoints"] = call => Answer.Of("VpcEndpoints", VpcsWithout(call.Cell, NoEndpoint, Endpoints));
        table["ec2", "DescribeVpcPeeringConnections"] = call => Answer.Of("VpcPeeringConnections", [Peering(call.Cell)]);
    }

    public static string VpcId(Cell cell, int index) => cell.Id("vpc-", "vpc", index);

    /// <summary>Instances stand in all VPCs in turn, beginning after the default one, so that each fault of a VPC matters.</summary>
    public static int VpcOfInstance(Cell cell, int instance) => (instance + 1) % Vpcs.Count(cell);

    public static string SubnetId(Cell cell, int vpc, int number) => cell.Id("subnet-", "subnet", vpc * SubnetsPerVpc + number);

    /// <summary>Where data stores stand: the last two subnets of the first VPC that is not the default one.</summary>
    public static CaseNetwork PrivateNetwork(Cell cell) =>
        new(VpcId(cell, PrivateVpc), SubnetId(cell, PrivateVpc, SubnetsPerVpc - 1), SubnetId(cell, PrivateVpc, SubnetsPerVpc - 2), SecurityGroups.OfVpcs(Vpcs).Id(cell, PrivateVpc));

    private static Answer Regions(CallContext call)
    {
        var enabled = call.Organization.Regions.Select(region => Region(region, "opt-in-not-required"));
        var isAll = call.Text("AllRegions") == "true";
        var others = new[] { "af-south-1", "me-south-1" }.Where(_ => isAll).Select(region => Region(region, "not-opted-in"));
        return new JsonObject { ["Regions"] = Json.List(enabled.Concat(others)) };
    }

    private static JsonObject Region(string name, string status) => new()
    {
        ["OptInStatus"] = status,
        ["RegionName"] = name,
        ["Endpoint"] = $"ec2.{name}.amazonaws.com",
    };

    private static string ZoneId(Cell cell, int index)
    {
        var parts = cell.Region.Split('-');
        return $"{parts[0]}{parts[1][0]}{parts[2]}-az{index % 3 + 1}";
    }

    private static string Cidr(int index) => index == 0 ? "172.31.0.0/16" : $"10.{index % 180}.0.0/16";

    private static JsonObject Vpc(Cell cell, int index) => new()
    {
        ["OwnerId"] = cell.AccountId,
        ["InstanceTenancy"] = "default",
        ["Ipv6CidrBlockAssociationSet"] = new JsonArray(),
        ["CidrBlockAssociationSet"] = Json.List(new JsonObject
        {
            ["AssociationId"] = cell.Id("vpc-cidr-assoc-", "vpc-cidr", index),
            ["CidrBlock"] = Cidr(index),
            ["CidrBlockState"] = new JsonObject { ["State"] = "associated" },
        }),
        ["IsDefault"] = index == 0,
        ["Tags"] = Json.Tags(cell, "vpc", index, index == 0 ? null : "network-" + index),
        ["VpcId"] = VpcId(cell, index),
        ["State"] = "available",
        ["CidrBlock"] = Cidr(index),
        ["DhcpOptionsId"] = cell.Id("dopt-", "dhcp", 0),
    };

    private static JsonObject PublicVpc(Cell cell, int index)
    {
        var vpc = Vpcs.Build(cell, index);
        vpc.Remove(NoFlowLog);
        vpc.Remove(NoEndpoint);
        return vpc;
    }

    private static IReadOnlyList<JsonNode> VpcsWithout(Cell cell, string mark, System.Func<Cell, int, IEnumerable<JsonNode>> make) =>
        [.. Enumerable.Range(0, Vpcs.Count(cell)).Where(index => Vpcs.Build(cell, index)[mark] is null).SelectMany(index => make(cell, index))];

    private static JsonObject Subnet(Cell cell, int index)
    {
        var (vpc, number) = (index / SubnetsPerVpc, index % SubnetsPerVpc);
        var id = SubnetId(cell, vpc, number);
        return new JsonObject
        {
            ["AvailabilityZoneId"] = ZoneId(cell, number),
            ["OwnerId"] = cell.AccountId,
            ["AssignIpv6AddressOnCreation"] = false,
            ["Ipv6CidrBlockAssociationSet"] = new JsonArray(),
            ["Tags"] = Json.Tags(cell, "subnet", index),
            ["SubnetArn"] = cell.Arn("ec2", "subnet/" + id),
            ["EnableDns64"] = false,
            ["Ipv6Native"] = false,
            ["PrivateDnsNameOptionsOnLaunch"] = new JsonObject
            {
                ["HostnameType"] = "ip-name",
                ["EnableResourceNameDnsARecord"] = false,
                ["EnableResourceNameDnsAAAARecord"] = false,
            },
            ["SubnetId"] = id,
            ["State"] = "available",
            ["VpcId"] = VpcId(cell, vpc),
            ["CidrBlock"] = Cidr(vpc).Replace(".0.0/16", $".{number * 16}.0/20", System.StringComparison.Ordinal),
            ["AvailableIpAddressCount"] = 4091 - (int)(cell.Hash("free", index) % 2000),
            ["AvailabilityZone"] = cell.Zone(number),
            ["DefaultForAz"] = vpc == 0,
            ["MapPublicIpOnLaunch"] = vpc == 0,
        };
    }

    private static JsonObject MainTable(Cell cell, int vpc) =>
        RouteTable(cell, cell.Id("rtb-", "route-table", vpc), VpcId(cell, vpc), vpc, isMain: true, new JsonObject
        {
            ["DestinationCidrBlock"] = "0.0.0.0/0",
            ["GatewayId"] = cell.Id("igw-", "internet-gateway", vpc),
            ["Origin"] = "CreateRoute",
            ["State"] = "active",
        });

    private static JsonObject PrivateTable(Cell cell)
    {
        var table = RouteTable(cell, cell.Id("rtb-", "private-route-table", 0), VpcId(cell, PrivateVpc), PrivateVpc, isMain: false, new JsonObject
        {
            ["DestinationCidrBlock"] = "0.0.0.0/0",
            ["NatGatewayId"] = cell.Id("nat-", "nat-gateway", 0),
            ["Origin"] = "CreateRoute",
            ["State"] = "active",
        });
        var network = PrivateNetwork(cell);
        var second = table["Associations"]![0]!.DeepClone();
        (table["Associations"]![0]!["SubnetId"], second["SubnetId"]) = (network.Subnet, network.OtherSubnet);
        second["RouteTableAssociationId"] = cell.Id("rtbassoc-", "private-association", 1);
        table["Associations"]!.AsArray().Add(second);
        return table;
    }

    private static JsonObject RouteTable(Cell cell, string id, string vpcId, int vpc, bool isMain, JsonObject route) => new()
    {
        ["Associations"] = Json.List(new JsonObject
        {
            ["Main"] = isMain,
            ["RouteTableAssociationId"] = "rtbassoc-" + id[4..],
            ["RouteTableId"] = id,
            ["AssociationState"] = new JsonObject { ["State"] = "associated" },
        }),
        ["PropagatingVgws"] = new JsonArray(),
        ["RouteTableId"] = id,
        ["Routes"] = Json.List(
            new JsonObject { ["DestinationCidrBlock"] = Cidr(vpc), ["GatewayId"] = "local", ["Origin"] = "CreateRouteTable", ["State"] = "active" },
            route),
        ["Tags"] = new JsonArray(),
        ["VpcId"] = vpcId,
        ["OwnerId"] = cell.AccountId,
    };

    private static string PeeringId(Cell cell) => cell.Id("pcx-", "peering", 0);

    private static JsonObject PeeringRoute(Cell cell, string destination) => new()
    {
        ["DestinationCidrBlock"] = destination,
        ["Origin"] = "CreateRoute",
        ["State"] = "active",
        ["VpcPeeringConnectionId"] = PeeringId(cell),
    };

    private static JsonObject Peering(Cell cell) => new()
    {
        ["AccepterVpcInfo"] = PeeringSide(cell, cell.Organization.Management.Id, cell.Id("vpc-", "peer", 0), "10.200.0.0/16"),
        ["RequesterVpcInfo"] = PeeringSide(cell, cell.AccountId, VpcId(cell, 0), Cidr(0)),
        ["Status"] = new JsonObject { ["Code"] = "active", ["Message"] = "Active" },
        ["Tags"] = Json.Tags(cell, "peering", 0, "to-shared-services"),
        ["VpcPeeringConnectionId"] = PeeringId(cell),
    };

    private static JsonObject PeeringSide(Cell cell, string owner, string vpc, string cidr) => new()
    {
        ["CidrBlock"] = cidr,
        ["CidrBlockSet"] = Json.List(new JsonObject { ["CidrBlock"] = cidr }),
        ["OwnerId"] = owner,
        ["PeeringOptions"] = new JsonObject
        {
            ["AllowDnsResolutionFromRemoteVpc"] = false,
            ["AllowEgressFromLocalClassicLinkToRemoteVpc"] = false,
            ["AllowEgressFromLocalVpcToRemoteClassicLink"] = false,
        },
        ["VpcId"] = vpc,
        ["Region"] = cell.Region,
    };

    private static JsonObject FlowLog(Cell cell, int vpc) => new()
    {
        ["CreationTime"] = cell.DaysAgo("flow-log", vpc, 30, 400),
        ["DeliverLogsPermissionArn"] = IamRoles.Arn(cell, "config-recorder"),
        ["DeliverLogsStatus"] = "SUCCESS",
        ["FlowLogId"] = cell.Id("fl-", "flow-log", vpc),
        ["FlowLogStatus"] = "ACTIVE",
        ["LogGroupName"] = "/vpc/flow-logs",
        ["ResourceId"] = VpcId(cell, vpc),
        ["TrafficType"] = "ALL",
        ["LogDestinationType"] = "cloud-watch-logs",
        ["LogFormat"] = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
        ["MaxAggregationInterval"] = 600,
        ["Tags"] = new JsonArray(),
    };

    private static IEnumerable<JsonNode> Endpoints(Cell cell, int vpc)
    {
        foreach (var (number, service) in new[] { (0, "s3"), (1, "dynamodb") })
        {
            var index = vpc * EndpointsPerVpc + number;
            yield return new JsonObject
            {
                ["VpcEndpointId"] = cell.Id("vpce-", "endpoint", index),
                ["VpcEndpointType"] = "Gateway",
                ["VpcId"] = VpcId(cell, vpc),
                ["ServiceName"] = $"com.amazonaws.{cell.Region}.{service}",
                ["State"] = "available",
                ["PolicyDocument"] = Json.Policy(Json.Statement("Allow", "*", "*", "*", Json.Condition("StringEquals", "aws:PrincipalOrgID", cell.Organization.Id))),
                ["RouteTableIds"] = Json.Texts(cell.Id("rtb-", "route-table", vpc)),
                ["SubnetIds"] = new JsonArray(),
                ["Groups"] = new JsonArray(),
                ["PrivateDnsEnabled"] = false,
                ["RequesterManaged"] = false,
                ["NetworkInterfaceIds"] = new JsonArray(),
                ["DnsEntries"] = new JsonArray(),
                ["CreationTimestamp"] = cell.DaysAgo("endpoint", index, 30, 400),
                ["Tags"] = Json.Tags(cell, "endpoint", index),
                ["OwnerId"] = cell.AccountId,
            };
        }
    }
}
