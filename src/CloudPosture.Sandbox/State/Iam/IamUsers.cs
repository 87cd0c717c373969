using System.Text.Json.Nodes;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>IAM users: one JSON object holds what the authorization details and the credential report tell of a user.</summary>
internal static class IamUsers
{
    private const string Report = "Report";

    public static ResourceType Type { get; } = new("user")
    {
        IsGlobal = true,
        Fixed = 2,
        Id = Name,
        Good = Good,
        Variants =
        [
            Variant.Fault("IAM.UserConsoleMfa", (user, _, _) => Set(user, "mfa_active", "false")),
            Variant.Fault("IAM.UserSetupAccessKey", (user, cell, _) => NewUserWithKey(user, cell)),
            Variant.Fault("IAM.UserAccessKeyUnused", (user, cell, _) => Set(user, "access_key_1_last_used_date", cell.DaysAgo(61))),
            Variant.Fault("IAM.UserPasswordUnused", (user, cell, _) => Set(user, "password_last_used", cell.DaysAgo(70))),
            Variant.Fault("IAM.UserSingleAccessKey", (user, cell, _) => SecondKey(user, cell, isActive: true)),
            Variant.Fault("IAM.UserAccessKeyRotation", (user, cell, _) => Set(user, "access_key_1_last_rotated", cell.DaysAgo(130))),
            Variant.Fault("IAM.UserDirectPolicy", (user, _, _) => Attach(user)),
            Variant.Fault("IAM.UserDirectPolicy", (user, _, _) => Inline(user)),
            Variant.Trap((user, cell, _) => SecondKey(user, cell, isActive: false)),
            Variant.Trap((user, _, _) => NoPassword(user)),
            Variant.Trap((user, cell, _) => OldInactiveKey(user, cell)),
        ],
    };

    /// <summary>The user as GetAccountAuthorizationDetails tells it.</summary>
    public static JsonObject Details(Cell cell, int index)
    {
        var user = Type.Build(cell, index);
        user.Remove(Report);
        return user;
    }

    /// <summary>The user's line of the credential report.</summary>
    public static JsonObject ReportLine(Cell cell, int index) => Type.Build(cell, index)[Report]!.AsObject();

    private static string Name(Cell cell, int index) => index switch
    {
        0 when cell.Account.IsManagement => SandboxOrganization.OperatorUser,
        1 when cell.Account.IsManagement => SandboxOrganization.AdministratorUser,
        _ => "user-" + Mix.Hex(cell.Hash("user", index), 6),
    };

    private static JsonObject Good(Cell cell, int index)
    {
        var name = Name(cell, index);
        var arn = cell.Arn("iam", "user/" + name);
        var created = cell.DaysAgo("user", index, 200, 900);
        var hasPassword = index > 1 || !cell.Account.IsManagement;
        var none = "N/A";
        return new JsonObject
        {
            ["Path"] = "/",
            ["UserName"] = name,
            ["UserId"] = "AIDA" + Mix.Letters(cell.Hash("user-id", index), 17),
            ["Arn"] = arn,
            ["CreateDate"] = created,
            ["GroupList"] = Json.Texts(name == SandboxOrganization.AdministratorUser ? "operators" : "developers"),
            ["AttachedManagedPolicies"] = new JsonArray(),
            ["Tags"] = Json.Tags(cell, "user", index),
            [Report] = new JsonObject
            {
                ["user"] = name,
                ["arn"] = arn,
                ["user_creation_time"] = created,
                ["password_enabled"] = hasPassword ? "true" : "false",
                ["password_last_used"] = hasPassword ? cell.DaysAgo("password", index, 1, 20) : none,
                ["password_last_changed"] = hasPassword ? cell.DaysAgo("password-set", index, 30, 80) : none,
                ["password_next_rotation"] = none,
                ["mfa_active"] = hasPassword ? "true" : "false",
                ["access_key_1_active"] = "true",
                ["access_key_1_last_rotated"] = cell.DaysAgo("key", index, 20, 70),
                ["access_key_1_last_used_date"] = cell.DaysAgo("key-used", index, 1, 15),
                ["access_key_1_last_used_region"] = "us-east-1",
                ["access_key_1_last_used_service"] = "sts",
                ["access_key_2_active"] = "false",
                ["access_key_2_last_rotated"] = none,
                ["access_key_2_last_used_date"] = none,
                ["access_key_2_last_used_region"] = none,
                ["access_key_2_last_used_service"] = none,
                ["cert_1_active"] = "false",
                ["cert_1_last_rotated"] = none,
                ["cert_2_active"] = "false",
                ["cert_2_last_rotated"] = none,
            },
        };
    }

    private static void Set(JsonObject user, string column, string value) => user[Report]![column] = value;

    /// <summary>A user made with password and key at once, ten days ago, whose key nobody has used.</summary>
    private static void NewUserWithKey(JsonObject user, Cell cell)
    {
        var created = cell.DaysAgo(10);
        user["CreateDate"] = created;
        Set(user, "user_creation_time", created);
        Set(user, "password_last_changed", created);
        Set(user, "password_last_used", cell.DaysAgo(1));
        Set(user, "access_key_1_last_rotated", created);
        Set(user, "access_key_1_last_used_date", "N/A");
        Set(user, "access_key_1_last_used_region", "N/A");
        Set(user, "access_key_1_last_used_service", "N/A");
    }

    private static void SecondKey(JsonObject user, Cell cell, bool isActive)
    {
        Set(user, "access_key_2_active", isActive ? "true" : "false");
        Set(user, "access_key_2_last_rotated", cell.DaysAgo(isActive ? 40 : 300));
        Set(user, "access_key_2_last_used_date", cell.DaysAgo(isActive ? 3 : 250));
        Set(user, "access_key_2_last_used_region", "eu-west-1");
        Set(user, "access_key_2_last_used_service", "s3");
    }

    private static void OldInactiveKey(JsonObject user, Cell cell)
    {
        Set(user, "access_key_1_active", "false");
        Set(user, "access_key_1_last_rotated", cell.DaysAgo(500));
        Set(user, "access_key_1_last_used_date", cell.DaysAgo(400));
    }

    private static void NoPassword(JsonObject user)
    {
        Set(user, "password_enabled", "false");
        Set(user, "password_last_used", "N/A");
        Set(user, "password_last_changed", "N/A");
        Set(user, "mfa_active", "false");
    }

    private static void Attach(JsonObject user) => user["AttachedManagedPolicies"] = Json.List(new JsonObject
    {
        ["PolicyName"] = "ViewOnlyAccess",
        ["PolicyArn"] = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    });

    private static void Inline(JsonObject user) => user["UserPolicyList"] = Json.List(new JsonObject
    {
        ["PolicyName"] = "read-one-bucket",
        ["PolicyDocument"] = Json.Policy(Json.Statement("Allow", null, "s3:GetObject", "arn:aws:s3:::reports/*")),
    });
}
