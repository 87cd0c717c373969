using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>AWS Identity and Access Management: what it reads.</summary>
internal static class IamService
{
    internal static ResourceType Certificates { get; } = new("server-certificate")
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
        table["iam", "GetAccountSummary"] = call => new JsonObject { ["SummaryMap"] = IamAccount.Summary(call) };
        table["iam", "GetAccountPasswordPolicy"] = IamAccount.PasswordPolicy;
        table["iam", "ListAccountAliases"] = call => Answer.Of("AccountAliases", [JsonValue.Create("acme-" + call.Cell.Account.Name)]);
        table["iam", "ListSAMLProviders"] = call => new JsonObject { ["SAMLProviderList"] = SamlProviders(call.Global) };
        table["iam", "ListOpenIDConnectProviders"] = _ => new JsonObject { ["OpenIDConnectProviderList"] = new JsonArray() };
        table["iam", "ListUsers"] = call => Answer.Of("Users", new LazyList(IamUsers.Type.Count(call.Global), index => Json.Pick(IamUsers.Details(call.Global, index), "Path", "UserName", "UserId", "Arn", "CreateDate")));
        table["iamlastaccess", "GenerateServiceLastAccessedDetails"] = call => new JsonObject { ["JobId"] = Guid.NewGuid().ToString() };
        table["iamlastaccess", "GetServiceLastAccessedDetails"] = call => new JsonObject { ["JobStatus"] = "COMPLETED", ["JobType"] = "SERVICE_LEVEL", ["IsTruncated"] = false, ["ServicesLastAccessed"] = LastAccess(call.Global) };
        table["iam", "GenerateCredentialReport"] = _ => new JsonObject { ["State"] = "COMPLETE" };
        table["iam", "GetCredentialReport"] = IamCredentialReport.Answer;
        table["iam", "ListVirtualMFADevices"] = call => Answer.Of("VirtualMFADevices", VirtualMfaDevices(call.Global));
        table["iam", "ListOrganizationsFeatures"] = OrganizationsFeatures;
        table["iam", "SimulatePrincipalPolicy"] = Simulate;
        IamRoleWrites.Register(table);
        IamPolicyWrites.Register(table);
        IamInstanceProfiles.Register(table);
        table.List("iam", "ListServerCertificates", "ServerCertificateMetadataList", Certificates);
    }

    /// <summary>The same for each identity, whatever its policies allow: one service in use, one no longer, one never.</summary>
    private static JsonArray LastAccess(Cell global) =>
    [
        new JsonObject { ["ServiceName"] = "Amazon S3", ["ServiceNamespace"] = "s3", ["LastAuthenticated"] = global.DaysAgo(2), ["TotalAuthenticatedEntities"] = 1 },
        new JsonObject { ["ServiceName"] = "Amazon SQS", ["ServiceNamespace"] = "sqs", ["LastAuthenticated"] = global.DaysAgo(200), ["TotalAuthenticatedEntities"] = 1 },
        new JsonObject { ["ServiceName"] = "AWS Key Management Service", ["ServiceNamespace"] = "kms", ["TotalAuthenticatedEntities"] = 0 },
    ];

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
        return Answer.Of("EvaluationResults", [.. (call.Input["ActionNames"]?.AsArray() ?? [])
            .Select(action => (string)action!)
            .Select(action => new JsonObject
        {
            ["EvalActionName"] = action,
            ["EvalResourceName"] = "*",
            ["EvalDecision"] = IsAllowed(call, principal, action) ? "allowed" : "implicitDeny",
            ["MatchedStatements"] = new JsonArray(),
            ["MissingContextValues"] = new JsonArray(),
        })]);
    }

    private static bool IsAllowed(CallContext call, Principal principal, string action) =>
        (principal.IsAdministrator || IsAskedAsGranted(call, action))
        && Authorizer.MayDo(call.World, principal, action, Authorizer.IsWrite(action[(action.IndexOf(':', StringComparison.Ordinal) + 1)..]));

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

    private static JsonArray SamlProviders(Cell cell) => cell.Fails("IAM.CentralUserManagement")
        ? []
        : Json.List(new JsonObject { ["Arn"] = cell.Arn("iam", "saml-provider/workforce"), ["ValidUntil"] = cell.DaysAgo(-1000), ["CreateDate"] = cell.DaysAgo(800) });

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
