using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS Identity and Access Management: what it reads.</summary>
internal static class IamService
{
    private static readonly ResourceType Certificates = new("server-certificate")
    {
        IsGlobal = true,
        Fixed = 1,
        Id = (cell, index) => "web-" + Mix.Hex(cell.Hash("server-certificate", index), 6),
        Good = (cell, index) => new JsonObject
        {
            ["Path"] = "/",
            ["ServerCertificateName"] = "web-" + Mix.Hex(cell.Hash("server-certificate", index), 6),
            ["ServerCertificateId"] = "ASCA" + Mix.Letters(cell.Hash("certificate-id", index), 17),
            ["Arn"] = cell.Arn("iam", "server-certificate/web-" + Mix.Hex(cell.Hash("server-certificate", index), 6)),
            ["UploadDate"] = cell.DaysAgo(300),
            ["Expiration"] = cell.DaysAgo(-90),
        },
        Variants =
        [
            Variant.Fault("IAM.ExpiredServerCertificate", (certificate, cell, _) => certificate["Expiration"] = cell.DaysAgo(30)),
            Variant.Trap((certificate, cell, _) => certificate["Expiration"] = cell.DaysAgo(-3)),
        ],
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [IamUsers.Type, IamRoles.Type, IamPolicies.Type, Certificates];

    public static void Register(HandlerTable table)
    {
        table["iam", "GetAccountAuthorizationDetails"] = AuthorizationDetails;
        table["iam", "ListPolicies"] = ListPolicies;
        table["iam", "GetAccountSummary"] = call => new JsonObject { ["SummaryMap"] = AccountSummary(call) };
        table["iam", "GetAccountPasswordPolicy"] = PasswordPolicy;
        table["iam", "ListAccountAliases"] = call => Answer.Of("AccountAliases", [JsonValue.Create("acme-" + call.Cell.Account.Name)]);
        table["iam", "ListSAMLProviders"] = call => new JsonObject { ["SAMLProviderList"] = SamlProviders(call.Global) };
        table["iam", "ListOpenIDConnectProviders"] = _ => new JsonObject { ["OpenIDConnectProviderList"] = new JsonArray() };
        table["iam", "GenerateCredentialReport"] = _ => new JsonObject { ["State"] = "COMPLETE" };
        table["iam", "GetCredentialReport"] = CredentialReport;
        table["iam", "ListVirtualMFADevices"] = call => Answer.Of("VirtualMFADevices", VirtualMfaDevices(call.Global));
        table["iam", "ListOrganizationsFeatures"] = OrganizationsFeatures;
        table["iam", "SimulatePrincipalPolicy"] = Simulate;
        IamRoleWrites.Register(table);
        IamPolicyWrites.Register(table);
        IamInstanceProfiles.Register(table);
        table.List("iam", "ListServerCertificates", "ServerCertificateMetadataList", Certificates);
    }

    /// <summary>A role, written or generated; names are compared without regard to case.</summary>
    public static JsonObject? FindRole(World world, Cell global, string name)
    {
        if (world.Iam.IsRoleWritten(global.AccountId, name))
        {
            return world.Iam.Role(global.AccountId, name);
        }

        var index = IamRoles.Type.IndexOf(global, name);
        return index < 0 ? null : IamRoles.Type.Build(global, index);
    }

    /// <summary>A policy of the account, written or generated.</summary>
    public static JsonObject? FindPolicy(World world, Cell global, string arn)
    {
        if (world.Iam.IsPolicyWritten(arn))
        {
            return world.Iam.Policy(arn);
        }

        var prefix = global.Arn("iam", "policy/");
        var index = arn.StartsWith(prefix, StringComparison.Ordinal) ? IamPolicies.Type.IndexOf(global, arn[prefix.Length..]) : -1;
        return index < 0 ? null : IamPolicies.Type.Build(global, index);
    }

    /// <summary>All roles of the account, in full.</summary>
    public static IReadOnlyList<JsonNode> Roles(CallContext call)
    {
        var (generated, iam, account) = (IamRoles.Type.All(call.Global), call.World.Iam, call.Cell.AccountId);
        return iam.HasRoles(account)
            ? [.. generated.Where(role => !iam.IsRoleWritten(account, (string)role["RoleName"]!)), .. iam.Roles(account)]
            : generated;
    }

    /// <summary>All policies of the account itself, in full.</summary>
    public static IReadOnlyList<JsonNode> Policies(CallContext call)
    {
        var (generated, iam, account) = (IamPolicies.Type.All(call.Global), call.World.Iam, call.Cell.AccountId);
        return iam.HasPolicies(account)
            ? [.. generated.Where(policy => !iam.IsPolicyWritten((string)policy["Arn"]!)), .. iam.Policies(account)]
            : generated;
    }

    private static Answer AuthorizationDetails(CallContext call)
    {
        var cell = call.Global;
        var filter = call.Input["Filter"]?.AsArray().Select(item => (string?)item).ToHashSet();
        IReadOnlyList<JsonNode> None = [];
        bool Wants(string kind) => filter is null || filter.Contains(kind);
        return new Answer
        {
            Lists =
            [
                ("UserDetailList", Wants("User") ? new LazyList(IamUsers.Type.Count(cell), index => IamUsers.Details(cell, index)) : None),
                ("GroupDetailList", Wants("Group") ? Groups(cell) : None),
                ("RoleDetailList", Wants("Role") ? RoleDetails(call) : None),
                ("Policies", Wants("LocalManagedPolicy") ? PolicyDetails(call) : Wants("AWSManagedPolicy") ? IamPolicies.ManagedList(cell) : None),
            ],
        };
    }

    private static Answer Simulate(CallContext call)
    {
        var arn = call.Need("PolicySourceArn");
        var name = arn[(arn.LastIndexOf('/') + 1)..];
        var kind = arn.Contains(":role/", StringComparison.Ordinal) ? PrincipalKind.RoleSession : PrincipalKind.User;
        if (kind == PrincipalKind.RoleSession ? FindRole(call.World, call.Global, name) is null : IamUsers.Type.IndexOf(call.Global, name) < 0)
        {
            throw IamErrors.NoSuchEntity($"Invalid Entity Arn: {arn} does not clearly define entity type and name.");
        }

        var principal = new Principal(call.Cell.AccountId, arn, "", kind, name) { IsAdministrator = call.Caller!.Arn == arn && call.Caller.IsAdministrator };
        return Answer.Of("EvaluationResults", [.. (call.Input["ActionNames"]?.AsArray() ?? []).Select(action => (string)action!).Select(action => new JsonObject
        {
            ["EvalActionName"] = action,
            ["EvalResourceName"] = "*",
            ["EvalDecision"] = (principal.IsAdministrator || IsAskedAsGranted(call, action)) && Authorizer.MayDo(call.World, principal, action, Authorizer.IsWrite(action[(action.IndexOf(':', StringComparison.Ordinal) + 1)..])) ? "allowed" : "implicitDeny",
            ["MatchedStatements"] = new JsonArray(),
            ["MissingContextValues"] = new JsonArray(),
        })]);
    }

    // SecurityAudit grants what is got of API Gateway on named resources, and not on all.
    private static bool IsAskedAsGranted(CallContext call, string action) =>
        !action.StartsWith("apigateway:", StringComparison.OrdinalIgnoreCase) || call.Input["ResourceArns"] is JsonArray { Count: > 0 };

    private static LazyList Details(IReadOnlyList<JsonNode> entities, params string[] members) =>
        new(entities.Count, index => Json.Pick(entities[index].AsObject(), members));

    private static LazyList RoleDetails(CallContext call) => Details(Roles(call),
        "Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument", "InstanceProfileList", "RolePolicyList",
        "AttachedManagedPolicies", "PermissionsBoundary", "Tags", "RoleLastUsed");

    private static LazyList PolicyDetails(CallContext call) => Details(Policies(call),
        "PolicyName", "PolicyId", "Arn", "Path", "DefaultVersionId", "AttachmentCount", "PermissionsBoundaryUsageCount", "IsAttachable",
        "Description", "CreateDate", "UpdateDate", "PolicyVersionList");

    private static Answer ListPolicies(CallContext call)
    {
        var local = Policies(call);
        var own = new LazyList(local.Count, index =>
        {
            // Tags are left out by listing operations.
            var summary = IamPolicyWrites.Summary(local[index].AsObject());
            summary.Remove("Tags");
            return summary;
        });
        return Answer.Of("Policies", call.Text("Scope") switch
        {
            "AWS" => IamPolicies.ManagedList(call.Global),
            "Local" => own,
            _ => LazyList.Concat(own, IamPolicies.ManagedList(call.Global)),
        });
    }

    private static IReadOnlyList<JsonNode> Groups(Cell cell)
    {
        var attached = new List<string>();
        if (cell.Fails("IAM.CloudShellFullAccess"))
        {
            attached.Add(ManagedPolicies.Arn("AWSCloudShellFullAccess"));
        }

        return
        [
            Group(cell, "developers", [$"arn:aws:iam::{cell.AccountId}:policy/developer-baseline", .. attached]),
            Group(cell, "operators", [ManagedPolicies.Arn("SecurityAudit")]),
        ];
    }

    private static JsonObject Group(Cell cell, string name, IEnumerable<string> policies) => new()
    {
        ["Path"] = "/",
        ["GroupName"] = name,
        ["GroupId"] = "AGPA" + Mix.Letters(cell.Hash(name, 0), 17),
        ["Arn"] = cell.Arn("iam", "group/" + name),
        ["CreateDate"] = cell.DaysAgo(700),
        ["GroupPolicyList"] = new JsonArray(),
        ["AttachedManagedPolicies"] = Json.List(policies.Select(arn => new JsonObject { ["PolicyName"] = arn[(arn.LastIndexOf('/') + 1)..], ["PolicyArn"] = arn })),
    };

    private static JsonObject AccountSummary(CallContext call)
    {
        var cell = call.Global;
        return new JsonObject
        {
            ["Users"] = IamUsers.Type.Count(cell),
            ["UsersQuota"] = 5000,
            ["Groups"] = 2,
            ["GroupsQuota"] = 300,
            ["Roles"] = Roles(call).Count,
            ["RolesQuota"] = 1000,
            ["Policies"] = Policies(call).Count,
            ["PoliciesQuota"] = 1500,
            ["ServerCertificates"] = Certificates.Count(cell),
            ["ServerCertificatesQuota"] = 20,
            ["MFADevices"] = 1 + IamUsers.Type.Count(cell),
            ["MFADevicesInUse"] = 1 + IamUsers.Type.Count(cell),
            ["AccountMFAEnabled"] = cell.Fails("IAM.RootMfa") ? 0 : 1,
            ["AccountAccessKeysPresent"] = cell.Fails("IAM.RootAccessKey") ? 1 : 0,
            ["AccountPasswordPresent"] = 1,
            ["AccountSigningCertificatesPresent"] = 0,
            ["AttachedPoliciesPerRoleQuota"] = 10,
            ["GlobalEndpointTokenVersion"] = 2,
        };
    }

    private static Answer PasswordPolicy(CallContext call)
    {
        var cell = call.Global;
        var isShort = cell.Fails("IAM.PasswordPolicyLength");
        var isReused = cell.Fails("IAM.PasswordPolicyReuse");
        if (isShort && isReused)
        {
            throw IamErrors.NoSuchEntity($"The Password Policy with domain name {cell.AccountId} cannot be found.");
        }

        return new JsonObject
        {
            ["PasswordPolicy"] = new JsonObject
            {
                ["MinimumPasswordLength"] = isShort ? 13 : 14,
                ["RequireSymbols"] = true,
                ["RequireNumbers"] = true,
                ["RequireUppercaseCharacters"] = true,
                ["RequireLowercaseCharacters"] = true,
                ["AllowUsersToChangePassword"] = true,
                ["ExpirePasswords"] = false,
                ["PasswordReusePrevention"] = isReused ? 5 : 24,
            },
        };
    }

    private static JsonArray SamlProviders(Cell cell) => cell.Fails("IAM.CentralUserManagement")
        ? []
        : Json.List(new JsonObject { ["Arn"] = cell.Arn("iam", "saml-provider/workforce"), ["ValidUntil"] = cell.DaysAgo(-1000), ["CreateDate"] = cell.DaysAgo(800) });

    private static Answer CredentialReport(CallContext call)
    {
        var cell = call.Global;
        var users = Enumerable.Range(0, IamUsers.Type.Count(cell)).Select(index => IamUsers.ReportLine(cell, index));
        var lines = users.Prepend(RootLine(cell)).ToList();
        var text = string.Join(',', lines[0].Select(column => column.Key)) + "\n"
            + string.Join('\n', lines.Select(line => string.Join(',', line.Select(column => Column((string)column.Value!)))));
        return new JsonObject
        {
            ["Content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            ["ReportFormat"] = "text/csv",
            ["GeneratedTime"] = call.World.Now,
        };
    }

    // The report's timestamps end in +00:00 where the state's end in Z.
    private static string Column(string value) => value.EndsWith('Z') && value.Contains('T', StringComparison.Ordinal) && char.IsDigit(value[0])
        ? WireTime.Parse(value).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)
        : value;

    private static JsonObject RootLine(Cell cell)
    {
        const string None = "N/A";
        var hasKey = cell.Fails("IAM.RootAccessKey");
        return new JsonObject
        {
            ["user"] = "<root_account>",
            ["arn"] = cell.Arn("iam", "root"),
            ["user_creation_time"] = cell.DaysAgo(1500),
            ["password_enabled"] = "not_supported",
            ["password_last_used"] = cell.DaysAgo(cell.Fails("IAM.RootRecentUse") ? 0.5 : 400),
            ["password_last_changed"] = "not_supported",
            ["password_next_rotation"] = "not_supported",
            ["mfa_active"] = cell.Fails("IAM.RootMfa") ? "false" : "true",
            ["access_key_1_active"] = hasKey ? "true" : "false",
            ["access_key_1_last_rotated"] = hasKey ? cell.DaysAgo(1400) : None,
            ["access_key_1_last_used_date"] = hasKey ? cell.DaysAgo(700) : None,
            ["access_key_1_last_used_region"] = hasKey ? "us-east-1" : None,
            ["access_key_1_last_used_service"] = hasKey ? "s3" : None,
            ["access_key_2_active"] = "false",
            ["access_key_2_last_rotated"] = None,
            ["access_key_2_last_used_date"] = None,
            ["access_key_2_last_used_region"] = None,
            ["access_key_2_last_used_service"] = None,
            ["cert_1_active"] = "false",
            ["cert_1_last_rotated"] = None,
            ["cert_2_active"] = "false",
            ["cert_2_last_rotated"] = None,
        };
    }

    /// <summary>Root's MFA is hardware unless a virtual device is listed for it.</summary>
    private static IReadOnlyList<JsonNode> VirtualMfaDevices(Cell cell)
    {
        var devices = new List<JsonNode>();
        if (cell.Fails("IAM.RootHardwareMfa") && !cell.Fails("IAM.RootMfa"))
        {
            devices.Add(new JsonObject
            {
                ["SerialNumber"] = cell.Arn("iam", "mfa/root-account-mfa-device"),
                ["User"] = new JsonObject { ["Path"] = "/", ["UserName"] = cell.Account.Name, ["UserId"] = cell.AccountId, ["Arn"] = cell.Arn("iam", "root"), ["CreateDate"] = cell.DaysAgo(1500) },
                ["EnableDate"] = cell.DaysAgo(900),
            });
        }

        var user = IamUsers.Details(cell, IamUsers.Type.Fixed);
        devices.Add(new JsonObject
        {
            ["SerialNumber"] = cell.Arn("iam", "mfa/" + (string)user["UserName"]!),
            ["User"] = Json.Pick(user, "Path", "UserName", "UserId", "Arn", "CreateDate"),
            ["EnableDate"] = cell.DaysAgo(120),
        });
        return devices;
    }

    private static Answer OrganizationsFeatures(CallContext call)
    {
        if (!call.Cell.Account.IsManagement)
        {
            throw new AwsError("AccountNotManagementOrDelegatedAdministratorException", "The calling account is not the management account or a delegated administrator for IAM.");
        }

        return new JsonObject
        {
            ["OrganizationId"] = call.Organization.Id,
            ["EnabledFeatures"] = call.Global.Fails("Organizations.CentralRootAccess") ? [] : Json.Texts("RootCredentialsManagement", "RootSessions"),
        };
    }
}
