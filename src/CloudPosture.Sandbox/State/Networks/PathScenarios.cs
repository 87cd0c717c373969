using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>
/// Paths with known answers: in the home Region of the second account, a VPC for each way to stop packets, and one where nothing does.
/// In each stands an instance whose role may do everything; its Name tag says what stops the Internet from reaching it.
/// </summary>
internal static class PathScenarios
{
    private const string Open = "reachable";
    private const string Route = "no-route";
    private const string Gateway = "no-gateway";
    private const string AclIn = "acl-in";
    private const string AclOut = "acl-out";
    private const string Group = "group";
    private const string PrefixList = "prefix-list";
    private const string Block = "block-public-access";
    private const string Address = "no-address";
    private const string State = "stopped";
    private const string Registered = "cloud-map";
    private const string Role = "path-town";
    private const string Everyone = "0.0.0.0/0";
    private static readonly string[] Kinds = [Open, Route, Gateway, AclIn, AclOut, Group, PrefixList, Block, Address, State, Registered];

    private static readonly Dictionary<string, (string Path, Func<Cell, IEnumerable<JsonObject>> Items)> Lists = new(StringComparer.Ordinal)
    {
        ["DescribeVpcs"] = ("Vpcs", cell => Each(cell, Vpc)),
        ["DescribeSubnets"] = ("Subnets", cell => Each(cell, Subnet)),
        ["DescribeInternetGateways"] = ("InternetGateways", cell => Each(cell, InternetGateway)),
        ["DescribeRouteTables"] = ("RouteTables", cell => Each(cell, RouteTable)),
        ["DescribeNetworkAcls"] = ("NetworkAcls", cell => Each(cell, NetworkAcl)),
        ["DescribeSecurityGroups"] = ("SecurityGroups", cell => Each(cell, SecurityGroup)),
        ["DescribeManagedPrefixLists"] = ("PrefixLists", cell => [List(cell)]),
        ["DescribeVpcBlockPublicAccessExclusions"] = ("VpcBlockPublicAccessExclusions", cell => Each(cell, Exclusion).Where(exclusion => exclusion.Count > 0)),
        ["DescribeNetworkInterfaces"] = ("NetworkInterfaces", cell => Each(cell, Interface)),
        ["DescribeInstances"] = ("Reservations", cell => Each(cell, (cell, number) => new JsonObject
        {
            ["ReservationId"] = Id(cell, "r-", number),
            ["OwnerId"] = cell.AccountId,
            ["Groups"] = new JsonArray(),
            ["Instances"] = Json.List(Instance(cell, number)),
        })),
    };

    /// <summary>Puts the role of the instances into its account.</summary>
    public static void Found(World world)
    {
        var account = AccountOf(world.Organization).Id;
        world.Iam.PutRole(account, Role, new JsonObject
        {
            ["Path"] = "/",
            ["RoleName"] = Role,
            ["RoleId"] = "AROA" + Mix.Letters(Mix.Hash(0, account + Role), 17),
            ["Arn"] = $"arn:aws:iam::{account}:role/{Role}",
            ["CreateDate"] = world.Now,
            ["AssumeRolePolicyDocument"] = Json.Policy(Json.Statement("Allow", Json.Principal("Service", "ec2.amazonaws.com"), "sts:AssumeRole")),
            ["InstanceProfileList"] = Json.List(new JsonObject
            {
                ["Path"] = "/",
                ["InstanceProfileName"] = Role,
                ["InstanceProfileId"] = "AIPA" + Mix.Letters(Mix.Hash(0, account + Role), 17),
                ["Arn"] = $"arn:aws:iam::{account}:instance-profile/{Role}",
                ["CreateDate"] = world.Now,
                ["Roles"] = new JsonArray(),
            }),
            ["RolePolicyList"] = Json.List(new JsonObject { ["PolicyName"] = "everything", ["PolicyDocument"] = Json.Policy(Json.Statement("Allow", null, "*", "*")) }),
            ["AttachedManagedPolicies"] = new JsonArray(),
            ["Tags"] = new JsonArray(),
        });
    }

    /// <summary>An answer with what the town adds to it.</summary>
    public static Answer AddTo(Answer answer, CallContext call)
    {
        if (!IsHere(call))
        {
            return answer;
        }

        var (path, items) = call.Operation.Service.Name == "ec2" && Lists.TryGetValue(call.Operation.Name, out var list)
            ? (list.Path, list.Items(call.Cell))
            : PathFronts.Listed(call) ?? ("", []);
        return path.Length == 0 ? answer : new Answer
        {
            Body = answer.Body,
            Lists = [(path, [.. answer.Lists.Where(each => each.Path == path).SelectMany(each => each.Items), .. items])],
        };
    }

    /// <summary>The answer to what only the town knows; null for all else.</summary>
    public static Answer? Own(CallContext call) =>
        call.Operation.Name == "GetManagedPrefixListEntries" && call.Text("PrefixListId") == ListId(call.Cell) ? Answer.Of("Entries", [new JsonObject { ["Cidr"] = "10.0.0.0/8" }])
        : IsHere(call) ? PathFronts.Own(call)
        : null;

    /// <summary>The subnet and the private address of the instance that Cloud Map alone leads to, and the public name of the one that is reachable.</summary>
    public static (string SubnetId, string GroupId, string Address, string PublicName) Behind(Cell cell)
    {
        var number = Array.IndexOf(Kinds, Registered);
        return (Id(cell, "subnet-", number), Id(cell, "sg-", number), Network(number, "1.10"), $"ec2-{PublicAddress(Array.IndexOf(Kinds, Open)).Replace('.', '-')}.{cell.Region}.compute.amazonaws.com");
    }

    private static bool IsHere(CallContext call) => call.Cell.IsHome && call.Cell.AccountId == AccountOf(call.Organization).Id;

    private static string PublicAddress(int number) => $"198.51.100.{100 + number}";

    private static SandboxAccount AccountOf(SandboxOrganization organization) => organization.Accounts[Math.Min(1, organization.Accounts.Count - 1)];

    private static IEnumerable<JsonObject> Each(Cell cell, Func<Cell, int, JsonObject> make) => Enumerable.Range(0, Kinds.Length).Select(number => make(cell, number));

    private static string Id(Cell cell, string prefix, int number) => cell.Id(prefix, "path-town", number);

    private static string ListId(Cell cell) => Id(cell, "pl-", 0);

    private static string Network(int number, string rest) => $"10.{230 + number}.{rest}";

    private static JsonObject Vpc(Cell cell, int number) => new()
    {
        ["VpcId"] = Id(cell, "vpc-", number),
        ["OwnerId"] = cell.AccountId,
        ["CidrBlock"] = Network(number, "0.0/16"),
        ["CidrBlockAssociationSet"] = Json.List(new JsonObject { ["AssociationId"] = Id(cell, "vpc-cidr-assoc-", number), ["CidrBlock"] = Network(number, "0.0/16"), ["CidrBlockState"] = new JsonObject { ["State"] = "associated" } }),
        ["Ipv6CidrBlockAssociationSet"] = new JsonArray(),
        ["InstanceTenancy"] = "default",
        ["IsDefault"] = false,
        ["State"] = "available",
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject Subnet(Cell cell, int number) => new()
    {
        ["SubnetId"] = Id(cell, "subnet-", number),
        ["SubnetArn"] = cell.Arn("ec2", "subnet/" + Id(cell, "subnet-", number)),
        ["VpcId"] = Id(cell, "vpc-", number),
        ["OwnerId"] = cell.AccountId,
        ["CidrBlock"] = Network(number, "1.0/24"),
        ["AvailabilityZone"] = cell.Zone(0),
        ["Ipv6CidrBlockAssociationSet"] = new JsonArray(),
        ["MapPublicIpOnLaunch"] = false,
        ["AssignIpv6AddressOnCreation"] = false,
        ["State"] = "available",
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject InternetGateway(Cell cell, int number) => new()
    {
        ["InternetGatewayId"] = Id(cell, "igw-", number),
        ["OwnerId"] = cell.AccountId,
        ["Attachments"] = Kinds[number] == Gateway ? new JsonArray() : Json.List(new JsonObject { ["VpcId"] = Id(cell, "vpc-", number), ["State"] = "available" }),
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject RouteTable(Cell cell, int number)
    {
        var routes = Json.List(new JsonObject { ["DestinationCidrBlock"] = Network(number, "0.0/16"), ["GatewayId"] = "local", ["Origin"] = "CreateRouteTable", ["State"] = "active" });
        if (Kinds[number] != Route)
        {
            routes.Add(new JsonObject { ["DestinationCidrBlock"] = Everyone, ["GatewayId"] = Id(cell, "igw-", number), ["Origin"] = "CreateRoute", ["State"] = "active" });
        }

        return new JsonObject
        {
            ["RouteTableId"] = Id(cell, "rtb-", number),
            ["VpcId"] = Id(cell, "vpc-", number),
            ["OwnerId"] = cell.AccountId,
            ["Associations"] = Json.List(new JsonObject
            {
                ["Main"] = true,
                ["RouteTableId"] = Id(cell, "rtb-", number),
                ["RouteTableAssociationId"] = Id(cell, "rtbassoc-", number),
                ["AssociationState"] = new JsonObject { ["State"] = "associated" },
            }),
            ["Routes"] = routes,
            ["PropagatingVgws"] = new JsonArray(),
            ["Tags"] = new JsonArray(),
        };
    }

    private static JsonObject NetworkAcl(Cell cell, int number) => new()
    {
        ["NetworkAclId"] = Id(cell, "acl-", number),
        ["VpcId"] = Id(cell, "vpc-", number),
        ["OwnerId"] = cell.AccountId,
        ["IsDefault"] = true,
        ["Associations"] = Json.List(new JsonObject { ["NetworkAclAssociationId"] = Id(cell, "aclassoc-", number), ["NetworkAclId"] = Id(cell, "acl-", number), ["SubnetId"] = Id(cell, "subnet-", number) }),
        ["Entries"] = Json.List(Entry(isEgress: false, Kinds[number] == AclIn ? "deny" : "allow"), Entry(isEgress: true, Kinds[number] == AclOut ? "deny" : "allow")),
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject Entry(bool isEgress, string action) =>
        new() { ["Egress"] = isEgress, ["RuleNumber"] = 100, ["Protocol"] = "-1", ["RuleAction"] = action, ["CidrBlock"] = Everyone };

    private static JsonObject SecurityGroup(Cell cell, int number) => new()
    {
        ["GroupId"] = Id(cell, "sg-", number),
        ["GroupName"] = "path-" + Kinds[number],
        ["Description"] = "A path with a known answer",
        ["VpcId"] = Id(cell, "vpc-", number),
        ["OwnerId"] = cell.AccountId,
        ["IpPermissions"] = Json.List(new JsonObject
        {
            ["IpProtocol"] = "tcp",
            ["FromPort"] = 22,
            ["ToPort"] = 22,
            ["UserIdGroupPairs"] = new JsonArray(),
            ["IpRanges"] = Kinds[number] == PrefixList ? new JsonArray() : Json.List(new JsonObject { ["CidrIp"] = Kinds[number] is Group or Registered ? "10.0.0.0/8" : Everyone }),
            ["Ipv6Ranges"] = new JsonArray(),
            ["PrefixListIds"] = Kinds[number] == PrefixList ? Json.List(new JsonObject { ["PrefixListId"] = ListId(cell) }) : new JsonArray(),
        }),
        ["IpPermissionsEgress"] = new JsonArray(),
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject List(Cell cell) => new()
    {
        ["PrefixListId"] = ListId(cell),
        ["PrefixListArn"] = cell.Arn("ec2", "prefix-list/" + ListId(cell)),
        ["PrefixListName"] = "path-offices",
        ["AddressFamily"] = "IPv4",
        ["OwnerId"] = cell.AccountId,
        ["State"] = "create-complete",
        ["MaxEntries"] = 5,
        ["Version"] = 1,
        ["Tags"] = new JsonArray(),
    };

    // The Region blocks what comes in; all VPCs but one are excepted.
    private static JsonObject Exclusion(Cell cell, int number) => Kinds[number] == Block ? [] : new JsonObject
    {
        ["ExclusionId"] = Id(cell, "vpcbpa-exclude-", number),
        ["InternetGatewayExclusionMode"] = "allow-bidirectional",
        ["ResourceArn"] = cell.Arn("ec2", "vpc/" + Id(cell, "vpc-", number)),
        ["State"] = "create-complete",
        ["Tags"] = new JsonArray(),
    };

    private static JsonObject Interface(Cell cell, int number)
    {
        var card = new JsonObject
        {
            ["NetworkInterfaceId"] = Id(cell, "eni-", number),
            ["InterfaceType"] = "interface",
            ["Status"] = "in-use",
            ["SubnetId"] = Id(cell, "subnet-", number),
            ["VpcId"] = Id(cell, "vpc-", number),
            ["OwnerId"] = cell.AccountId,
            ["SourceDestCheck"] = true,
            ["PrivateIpAddress"] = Network(number, "1.10"),
            ["PrivateIpAddresses"] = Json.List(new JsonObject { ["Primary"] = true, ["PrivateIpAddress"] = Network(number, "1.10") }),
            ["Ipv6Addresses"] = new JsonArray(),
            ["Groups"] = Json.List(new JsonObject { ["GroupId"] = Id(cell, "sg-", number), ["GroupName"] = "path-" + Kinds[number] }),
            ["Attachment"] = new JsonObject { ["InstanceId"] = Id(cell, "i-", number), ["Status"] = "attached", ["DeviceIndex"] = 0 },
            ["TagSet"] = new JsonArray(),
        };
        if (Kinds[number] != Address)
        {
            card["Association"] = new JsonObject { ["PublicIp"] = PublicAddress(number), ["IpOwnerId"] = "amazon" };
        }

        return card;
    }

    private static JsonObject Instance(Cell cell, int number) => new()
    {
        ["InstanceId"] = Id(cell, "i-", number),
        ["ImageId"] = cell.Id("ami-", "image", 0),
        ["InstanceType"] = "t3.medium",
        ["LaunchTime"] = cell.DaysAgo(10),
        ["State"] = Kinds[number] == State ? new JsonObject { ["Code"] = 80, ["Name"] = "stopped" } : new JsonObject { ["Code"] = 16, ["Name"] = "running" },
        ["SubnetId"] = Id(cell, "subnet-", number),
        ["VpcId"] = Id(cell, "vpc-", number),
        ["PrivateIpAddress"] = Network(number, "1.10"),
        ["IamInstanceProfile"] = new JsonObject { ["Arn"] = $"arn:aws:iam::{cell.AccountId}:instance-profile/{Role}", ["Id"] = "AIPA" + Mix.Letters(Mix.Hash(0, cell.AccountId + Role), 17) },
        ["SecurityGroups"] = Json.List(new JsonObject { ["GroupId"] = Id(cell, "sg-", number), ["GroupName"] = "path-" + Kinds[number] }),
        ["MetadataOptions"] = new JsonObject { ["State"] = "applied", ["HttpTokens"] = "required", ["HttpEndpoint"] = "enabled" },
        ["Tags"] = Json.List(new JsonObject { ["Key"] = "Name", ["Value"] = "path-" + Kinds[number] }),
    };
}
