using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Networks;

/// <summary>Network access lists: one a VPC, as AWS makes it with each, and others.</summary>
internal static class NetworkAcls
{
    private const string Any = "0.0.0.0/0";

    public static ResourceType Type { get; } = new("network-acl")
    {
        Id = (cell, index) => cell.Id("acl-", "network-acl", index),
        Good = (cell, index) => Acl(cell, cell.Id("acl-", "network-acl", index), NetworkService.VpcId(cell, 0), isDefault: false, Json.Tags(cell, "network-acl", index)),
        Variants =
        [
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Entry(90, "6", "allow", Any, 22, 22))),
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Entry(90, "-1", "allow", Any, null, null))),
            Variant.Fault("EC2.NetworkAclAdminPorts", (acl, _, _) => Insert(acl, Entry(80, "6", "deny", Any, 22, 22), Entry(90, "6", "allow", Any, 1, 65535))),
            // The deny rule comes first, so what the later rule opens stays shut.
            Variant.Trap((acl, _, _) => Insert(acl, Entry(70, "6", "deny", Any, 22, 22), Entry(80, "6", "deny", Any, 3389, 3389), Entry(90, "6", "allow", Any, 1, 65535))),
            Variant.Trap((acl, _, _) => Insert(acl, Entry(90, "6", "allow", "10.0.0.0/8", 22, 22))),
        ],
    };

    /// <summary>A VPC's default list, restricted to what a web server needs.</summary>
    public static JsonObject Default(Cell cell, int vpc, string vpcId) => Acl(cell, cell.Id("acl-", "default-acl", vpc), vpcId, isDefault: true, []);

    private static JsonObject Acl(Cell cell, string id, string vpcId, bool isDefault, JsonArray tags) => new()
    {
        ["Associations"] = new JsonArray(),
        ["Entries"] = Json.List(
            Entry(100, "-1", "allow", Any, null, null, isEgress: true),
            Entry(32767, "-1", "deny", Any, null, null, isEgress: true),
            Entry(100, "6", "allow", Any, 443, 443),
            Entry(110, "6", "allow", Any, 32768, 60999),
            Entry(32767, "-1", "deny", Any, null, null)),
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

    private static JsonObject Entry(int number, string protocol, string action, string cidr, int? from, int? to, bool isEgress = false)
    {
        var entry = new JsonObject
        {
            ["CidrBlock"] = cidr,
            ["Egress"] = isEgress,
            ["Protocol"] = protocol,
            ["RuleAction"] = action,
            ["RuleNumber"] = number,
        };
        if (from is not null)
        {
            entry["PortRange"] = new JsonObject { ["From"] = from, ["To"] = to };
        }

        return entry;
    }
}
