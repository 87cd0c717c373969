using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>Security groups: one "default" a VPC, as AWS makes it with each, and the others in the default VPC.</summary>
internal static class SecurityGroups
{
    private const string AnyIpv4 = "0.0.0.0/0";
    private const string AnyIpv6 = "::/0";
    private static ResourceType? _ofVpcs;

    public static ResourceType Type { get; } = new("security-group")
    {
        Fixed = 1,
        Share = 0.3,
        Id = (cell, index) => cell.Id("sg-", "security-group", index),
        Good = Good,
        Variants =
        [
            Fault("EC2.SecurityGroupAdminPortsIpv4", Rule("tcp", 22, 22, AnyIpv4)),
            Fault("EC2.SecurityGroupAdminPortsIpv4", Rule("tcp", 3389, 3389, AnyIpv4)),
            Fault("EC2.SecurityGroupAdminPortsIpv4", Rule("tcp", 20, 25, AnyIpv4)),
            Fault("EC2.SecurityGroupAdminPortsIpv6", Rule("tcp", 22, 22, AnyIpv6)),
            Fault("EC2.CifsAccess", Rule("tcp", 445, 445, AnyIpv4)),
            Variant.Fault(["EC2.SecurityGroupAdminPortsIpv4", "EC2.CifsAccess"], (group, _, _) => Allow(group, Everything(AnyIpv4))),
            Trap(Rule("tcp", 443, 443, AnyIpv4)),
            Trap(Rule("tcp", 22, 22, "10.0.0.0/8")),
            Trap(Rule("tcp", 443, 443, AnyIpv6)),
            Trap(Rule("icmp", 8, -1, AnyIpv4)),
            Variant.Trap((group, _, _) => Allow(group, FromGroup((string)group["GroupId"]!, (string)group["OwnerId"]!))),
        ],
    };

    /// <summary>The default group of each VPC, which should hold no rule at all.</summary>
    public static ResourceType OfVpcs(ResourceType vpcs) => _ofVpcs ??= new ResourceType("default-security-group")
    {
        Follows = vpcs,
        Id = (cell, index) => cell.Id("sg-", "default-security-group", index),
        Good = (cell, index) => Group(cell, cell.Id("sg-", "default-security-group", index), "default", "default VPC security group", NetworkService.VpcId(cell, index)),
        Variants =
        [
            Variant.Fault("EC2.DefaultSecurityGroup", (group, _, _) => AsAwsMakesIt(group)),
            Variant.Trap((_, _, _) => { }),
        ],
    };

    private static JsonObject Good(Cell cell, int index)
    {
        var name = "app-" + Mix.Hex(cell.Hash("security-group", index), 6);
        var group = Group(cell, cell.Id("sg-", "security-group", index), name, "Application tier", NetworkService.VpcId(cell, 0));
        group["IpPermissionsEgress"] = Json.List(Rule("tcp", 443, 443, AnyIpv4));
        group["Tags"] = Json.Tags(cell, "security-group", index, name);
        return group;
    }

    private static JsonObject Group(Cell cell, string id, string name, string description, string vpc) => new()
    {
        ["GroupId"] = id,
        ["IpPermissionsEgress"] = new JsonArray(),
        ["Tags"] = new JsonArray(),
        ["VpcId"] = vpc,
        ["OwnerId"] = cell.AccountId,
        ["GroupName"] = name,
        ["Description"] = description,
        ["IpPermissions"] = new JsonArray(),
    };

    private static void AsAwsMakesIt(JsonObject group)
    {
        group["IpPermissions"] = Json.List(FromGroup((string)group["GroupId"]!, (string)group["OwnerId"]!));
        group["IpPermissionsEgress"] = Json.List(Everything(AnyIpv4));
    }

    private static Variant Fault(string rule, JsonObject permission) => Variant.Fault(rule, (group, _, _) => Allow(group, permission));

    private static Variant Trap(JsonObject permission) => Variant.Trap((group, _, _) => Allow(group, permission));

    private static void Allow(JsonObject group, JsonObject permission) => group["IpPermissions"]!.AsArray().Add(permission.DeepClone());

    private static JsonObject Rule(string protocol, int from, int to, string range)
    {
        var isIpv6 = range.Contains(':', System.StringComparison.Ordinal);
        return new JsonObject
        {
            ["IpProtocol"] = protocol,
            ["FromPort"] = from,
            ["ToPort"] = to,
            ["UserIdGroupPairs"] = new JsonArray(),
            ["IpRanges"] = isIpv6 ? [] : Json.List(new JsonObject { ["CidrIp"] = range, ["Description"] = "made by hand" }),
            ["Ipv6Ranges"] = isIpv6 ? Json.List(new JsonObject { ["CidrIpv6"] = range }) : [],
            ["PrefixListIds"] = new JsonArray(),
        };
    }

    private static JsonObject Everything(string range)
    {
        var rule = Rule("-1", 0, 0, range);
        rule.Remove("FromPort");
        rule.Remove("ToPort");
        return rule;
    }

    private static JsonObject FromGroup(string id, string owner)
    {
        var rule = Everything(AnyIpv4);
        rule["IpRanges"] = new JsonArray();
        rule["UserIdGroupPairs"] = Json.List(new JsonObject { ["UserId"] = owner, ["GroupId"] = id });
        return rule;
    }
}
