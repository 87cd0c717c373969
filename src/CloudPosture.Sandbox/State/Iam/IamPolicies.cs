using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>Customer-managed policies, and those of AWS that are attached.</summary>
internal static class IamPolicies
{
    public static ResourceType Type { get; } = new("policy")
    {
        IsGlobal = true,
        Fixed = 1,
        Id = Name,
        Good = Good,
        Variants =
        [
            Variant.Fault("IAM.PolicyFullAdmin", (policy, _, _) => Document(policy, Json.Statement("Allow", null, "*", "*"))),
            Variant.Fault("IAM.PolicyFullAdmin", (policy, _, _) => Document(policy, Json.Statement("Allow", null, Json.Texts("ec2:*", "*:*"), Json.Texts("*")))),
            Variant.Trap((policy, _, _) => Unattached(policy)),
            Variant.Trap((policy, _, _) => Document(policy, Json.Statement("Deny", null, "*", "*"))),
            Variant.Trap((policy, _, _) => Document(policy, Json.Statement("Allow", null, "*", "arn:aws:s3:::one-bucket"))),
            Variant.Trap((policy, _, _) => Document(policy, Json.Statement("Allow", null, "s3:*", "*"))),
            Variant.Trap((policy, _, _) => OldVersionWasAdmin(policy)),
        ],
    };

    /// <summary>The policies of AWS that something in the account uses, by name.</summary>
    public static IEnumerable<string> AttachedManaged(Cell cell)
    {
        yield return "SecurityAudit";
        yield return "AmazonSSMManagedInstanceCore";
        yield return "ViewOnlyAccess";
        if (!cell.Fails("IAM.SupportRole"))
        {
            yield return "AWSSupportAccess";
        }

        if (cell.Fails("IAM.CloudShellFullAccess"))
        {
            yield return "AWSCloudShellFullAccess";
        }
    }

    public static IReadOnlyList<JsonNode> ManagedList(Cell cell) => [.. AttachedManaged(cell).Select(name => ManagedSummary(cell, name))];

    public static JsonObject ManagedSummary(Cell cell, string name) => new()
    {
        ["PolicyName"] = name,
        ["PolicyId"] = "ANPA" + Mix.Letters(Mix.Hash(0, name), 17),
        ["Arn"] = ManagedPolicies.Arn(name),
        ["Path"] = "/",
        ["DefaultVersionId"] = "v1",
        ["AttachmentCount"] = AttachedManaged(cell).Contains(name) ? 1 : 0,
        ["PermissionsBoundaryUsageCount"] = 0,
        ["IsAttachable"] = true,
        ["CreateDate"] = cell.DaysAgo(3000),
        ["UpdateDate"] = cell.DaysAgo(100),
    };

    private static string Name(Cell cell, int index) => index == 0 ? "developer-baseline" : "policy-" + Mix.Hex(cell.Hash("policy", index), 8);

    private static JsonObject Good(Cell cell, int index)
    {
        var name = Name(cell, index);
        var created = cell.DaysAgo("policy", index, 50, 700);
        return new JsonObject
        {
            ["PolicyName"] = name,
            ["PolicyId"] = "ANPA" + Mix.Letters(cell.Hash("policy-id", index), 17),
            ["Arn"] = $"arn:aws:iam::{cell.AccountId}:policy/{name}",
            ["Path"] = "/",
            ["DefaultVersionId"] = "v1",
            ["AttachmentCount"] = 1,
            ["PermissionsBoundaryUsageCount"] = 0,
            ["IsAttachable"] = true,
            ["CreateDate"] = created,
            ["UpdateDate"] = created,
            ["PolicyVersionList"] = Json.List(Version("v1", created, true, Json.Statement("Allow", null, Json.Texts("s3:GetObject", "s3:ListBucket"), "*"))),
        };
    }

    private static JsonObject Version(string id, string created, bool isDefault, JsonObject statement) => new()
    {
        ["Document"] = Json.Policy(statement),
        ["VersionId"] = id,
        ["IsDefaultVersion"] = isDefault,
        ["CreateDate"] = created,
    };

    private static void Document(JsonObject policy, JsonObject statement) =>
        policy["PolicyVersionList"] = Json.List(Version("v1", (string)policy["CreateDate"]!, true, statement));

    private static void Unattached(JsonObject policy)
    {
        Document(policy, Json.Statement("Allow", null, "*", "*"));
        policy["AttachmentCount"] = 0;
    }

    private static void OldVersionWasAdmin(JsonObject policy)
    {
        var created = (string)policy["CreateDate"]!;
        policy["DefaultVersionId"] = "v2";
        policy["PolicyVersionList"] = Json.List(
            Version("v2", created, true, Json.Statement("Allow", null, "s3:GetObject", "*")),
            Version("v1", created, false, Json.Statement("Allow", null, "*", "*")));
    }
}
