using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>Network access lists: one a VPC, as AWS makes it with each, and others.</summary>
internal static class NetworkAcls
{
    /// <summary>The number of the rule that AWS ends each list with.</summary>
    private const int LastRule = 32767;

    public static ResourceType Type { get; } = new("network-acl")
    {
        Id = (cell, index) => cell.Id("acl-", "network-acl", index),
        Good = (cell, index) => Acl(cell, cell.Id("acl-", "network-acl", index), NetworkService.VpcId(cell, 0), isDefault: false, Json.Tags(cell, "network-acl", index)),
        Variants =
        [
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Allow(90, Traffic.Tcp(22)))),
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Allow(90, Traffic.All))),
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Deny(80, Traffic.Tcp(22)), Allow(90, Traffic.Tcp(1, 65535)))),
            // The deny rule comes first, so what the later rule opens stays shut.
            Variant.Trap((acl, _, _) => Insert(acl, Deny(70, Traffic.Tcp(22)), Deny(80, Traffic.Tcp(3389)), Allow(90, Traffic.Tcp(1, 65535)))),
            Variant.Trap((acl, _, _) => Insert(acl, Allow(90, Traffic.Tcp(22) with { Cidr = "10.0.0.0/8" }))),
        ],
    };

    /// <summary>A VPC's default list, restricted to what a web server needs.</summary>
    public static JsonObject Default(Cell cell, int vpc, string vpcId) => Acl(cell, cell.Id("acl-", "default-acl", vpc), vpcId, isDefault: true, []);

    private static JsonObject Acl(Cell cell, string id, string vpcId, bool isDefault, JsonArray tags) => new()
    {
        ["Associations"] = new JsonArray(),
        ["Entries"] = Json.List(
            Allow(100, Traffic.All, isEgress: true),
            Deny(LastRule, Traffic.All, isEgress: true),
            Allow(100, Traffic.Tcp(443)),
            Allow(110, Traffic.Tcp(32768, 60999)),
            Deny(LastRule, Traffic.All)),
        ["IsDefault"] = isDefault,
        ["NetworkAclId"] = id,
        ["Tags"] = tags,
        ["VpcId"] = vpcId,
        ["OwnerId"] = cell.AccountId,
    };

    private static void Insert(JsonObject acl, params IEnumerable<JsonObject> entries)
    {
        foreach (var entry in entries.Reverse())
        {
            acl["Entries"]!.AsArray().Insert(2, entry);
        }
    }

    private static JsonObject Allow(int number, Traffic traffic, bool isEgress = false) => Entry(number, "allow", traffic, isEgress);

    private static JsonObject Deny(int number, Traffic traffic, bool isEgress = false) => Entry(number, "deny", traffic, isEgress);

    private static JsonObject Entry(int number, string action, Traffic traffic, bool isEgress)
    {
        var entry = new JsonObject
        {
            ["CidrBlock"] = traffic.Cidr,
            ["Egress"] = isEgress,
            ["Protocol"] = traffic.Protocol,
            ["RuleAction"] = action,
            ["RuleNumber"] = number,
        };
        if (traffic.FromPort is not null)
        {
            entry["PortRange"] = new JsonObject { ["From"] = traffic.FromPort, ["To"] = traffic.ToPort };
        }

        return entry;
    }
}
