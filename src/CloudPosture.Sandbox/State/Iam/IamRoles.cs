using System;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>IAM roles.</summary>
internal static class IamRoles
{
    private const string Stranger = "999988887777";

    private static readonly (string Name, string? Policy, string? Service)[] Leading =
    [
        (SandboxOrganization.ReaderRole, "SecurityAudit", null),
        ("app-server", "AmazonSSMManagedInstanceCore", "ec2.amazonaws.com"),
        ("config-recorder", null, "config.amazonaws.com"),
        ("support", "AWSSupportAccess", null),
    ];

    public static ResourceType Type { get; } = new("role")
    {
        IsGlobal = true,
        Fixed = Leading.Length,
        Share = 0.1,
        Id = Name,
        Comparison = StringComparison.OrdinalIgnoreCase,
        Good = Good,
        Variants =
        [
            Variant.Fault("IAM.RolePublicTrust", (role, _, _) => Trust(role, Json.Statement("Allow", Json.Principal("AWS", "*"), "sts:AssumeRole"))),
            Variant.Fault("IAM.RoleExternalId", (role, _, _) => Trust(role, Json.Statement("Allow", Json.Principal("AWS", $"arn:aws:iam::{Stranger}:root"), "sts:AssumeRole"))),
            Variant.Fault("IAM.InlinePolicyFullAdmin", (role, _, _) => Inline(role, Json.Statement("Allow", null, "*", "*"))),
            Variant.Fault("IAM.InlinePolicyFullAdmin", (role, _, _) => Inline(role, Json.Statement("Allow", null, Json.Texts("s3:GetObject", "*:*"), Json.Texts("arn:aws:s3:::a", "*")))),
            Variant.Trap((role, cell, _) => Trust(role, Json.Statement("Allow", Json.Principal("AWS", "*"), "sts:AssumeRole", null,
                Json.Condition("StringEquals", "aws:PrincipalOrgID", cell.Organization.Id)))),
            Variant.Trap((role, _, _) => Trust(role, Json.Statement("Allow", Json.Principal("AWS", Stranger), "sts:AssumeRole", null,
                Json.Condition("StringEquals", "sts:ExternalId", "5d1f0b9e-vendor")))),
            Variant.Trap((role, _, _) => Inline(role, Json.Statement("Deny", null, "*", "*"))),
            Variant.Trap((role, _, _) => Inline(role, Json.Statement("Allow", null, "*", "arn:aws:s3:::only-this-bucket/*"))),
        ],
    };

    public static string Arn(Cell cell, string name) => $"arn:aws:iam::{cell.AccountId}:role/{name}";

    private static string Name(Cell cell, int index) => index < Leading.Length ? Leading[index].Name : "service-" + Mix.Hex(cell.Hash("role", index), 8);

    private static JsonObject Good(Cell cell, int index)
    {
        var (_, policy, service) = index < Leading.Length ? Leading[index] : (null!, null, "lambda.amazonaws.com");
        var name = Name(cell, index);
        if (name == "support" && cell.Fails("IAM.SupportRole"))
        {
            policy = null;
        }

        return new JsonObject
        {
            ["Path"] = "/",
            ["RoleName"] = name,
            ["RoleId"] = "AROA" + Mix.Letters(cell.Hash("role-id", index), 17),
            ["Arn"] = Arn(cell, name),
            ["CreateDate"] = cell.DaysAgo("role", index, 100, 900),
            ["AssumeRolePolicyDocument"] = Json.Policy(TrustOf(cell, name, service)),
            ["InstanceProfileList"] = name == "app-server" ? Json.List(InstanceProfile(cell, name)) : [],
            ["RolePolicyList"] = index >= Leading.Length ? Json.List(LogsPolicy()) : [],
            ["AttachedManagedPolicies"] = policy is null ? [] : Json.List(new JsonObject { ["PolicyName"] = policy, ["PolicyArn"] = ManagedPolicies.Arn(policy) }),
            ["Tags"] = Json.Tags(cell, "role", index),
            ["RoleLastUsed"] = new JsonObject { ["LastUsedDate"] = cell.DaysAgo("role-used", index, 1, 30), ["Region"] = "us-east-1" },
        };
    }

    private static JsonObject TrustOf(Cell cell, string name, string? service)
    {
        if (service is not null)
        {
            return Json.Statement("Allow", Json.Principal("Service", service), "sts:AssumeRole");
        }

        return name == SandboxOrganization.ReaderRole
            ? Json.Statement("Allow", Json.Principal("AWS", $"arn:aws:iam::{cell.Organization.Management.Id}:root"), "sts:AssumeRole", null,
                Json.Condition("StringEquals", "sts:ExternalId", cell.Organization.ExternalId))
            : Json.Statement("Allow", Json.Principal("AWS", $"arn:aws:iam::{cell.AccountId}:root"), "sts:AssumeRole");
    }

    private static JsonObject LogsPolicy() => new()
    {
        ["PolicyName"] = "write-logs",
        ["PolicyDocument"] = Json.Policy(Json.Statement("Allow", null, Json.Texts("logs:CreateLogStream", "logs:PutLogEvents"), "*")),
    };

    private static JsonObject InstanceProfile(Cell cell, string name) => new()
    {
        ["Path"] = "/",
        ["InstanceProfileName"] = name,
        ["InstanceProfileId"] = "AIPA" + Mix.Letters(cell.Hash("profile", 0), 17),
        ["Arn"] = $"arn:aws:iam::{cell.AccountId}:instance-profile/{name}",
        ["CreateDate"] = cell.DaysAgo(400),
        ["Roles"] = new JsonArray(),
    };

    private static void Trust(JsonObject role, JsonObject statement) => role["AssumeRolePolicyDocument"] = Json.Policy(statement);

    private static void Inline(JsonObject role, JsonObject statement) => role["RolePolicyList"] = Json.List(new JsonObject
    {
        ["PolicyName"] = "inline",
        ["PolicyDocument"] = Json.Policy(statement),
    });
}
