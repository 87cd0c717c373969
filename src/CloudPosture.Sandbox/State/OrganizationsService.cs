using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS Organizations: a root, units below it, and the accounts in them.</summary>
internal static class OrganizationsService
{
    private const string ServiceControl = "SERVICE_CONTROL_POLICY";
    private const string ResourceControl = "RESOURCE_CONTROL_POLICY";

    public static void Register(HandlerTable table)
    {
        table["organizations", "DescribeOrganization"] = call => new JsonObject { ["Organization"] = Describe(call.Organization) };
        ForManagement(table, "ListRoots", call => Answer.Of("Roots", [Root(call.Organization)]));
        ForManagement(table, "ListOrganizationalUnitsForParent", call => Answer.Of("OrganizationalUnits", IsRoot(call, "ParentId") ? [.. Units(call.Organization)] : []));
        ForManagement(table, "ListAccountsForParent", call => Answer.Of("Accounts", AccountsOf(call)));
        ForManagement(table, "ListAccounts", call => Answer.Of("Accounts", [.. call.Organization.Accounts.Select(account => Account(call.Organization, account))]));
        ForManagement(table, "DescribeAccount", call => new JsonObject { ["Account"] = Account(call.Organization, FindAccount(call, "AccountId")) });
        ForManagement(table, "ListParents", Parents);
        ForManagement(table, "ListChildren", Children);
        ForManagement(table, "ListPolicies", call => Answer.Of("Policies", [.. Policies(call).Where(policy => (string?)policy["Type"] == call.Need("Filter"))]));
        ForManagement(table, "DescribePolicy", DescribePolicy);
        ForManagement(table, "ListTargetsForPolicy", call => Answer.Of("Targets", [Target(call.Organization)]));
        ForManagement(table, "ListDelegatedAdministrators", call => Answer.Of("DelegatedAdministrators", DelegatedAdministrators(call)));
        ForManagement(table, "DescribeResourcePolicy", ResourcePolicy);
        ForManagement(table, "ListAWSServiceAccessForOrganization", call => Answer.Of("EnabledServicePrincipals",
        [
            Service(call, "iam.amazonaws.com"), Service(call, "member.org.stacksets.cloudformation.amazonaws.com"),
        ]));
    }

    private static void ForManagement(HandlerTable table, string operation, Handler handler) =>
        table["organizations", operation] = call => call.Cell.Account.IsManagement
            ? handler(call)
            : throw new AwsError("AccessDeniedException", "You don't have permissions to access this resource.");

    private static string Suffix(SandboxOrganization organization) => organization.Id[2..6];

    private static string RootId(SandboxOrganization organization) => "r-" + Suffix(organization);

    private static string UnitId(SandboxOrganization organization, int unit) =>
        $"ou-{Suffix(organization)}-{Mix.Hex(Mix.Hash((ulong)organization.Seed, "unit" + unit), 8)}";

    private static string Arn(SandboxOrganization organization, string resource) => $"arn:aws:organizations::{organization.Management.Id}:{resource}";

    private static bool IsRoot(CallContext call, string member) => call.Need(member) == RootId(call.Organization);

    private static JsonObject Describe(SandboxOrganization organization) => new()
    {
        ["Id"] = organization.Id,
        ["Arn"] = Arn(organization, "organization/" + organization.Id),
        ["FeatureSet"] = "ALL",
        ["MasterAccountArn"] = Arn(organization, $"account/{organization.Id}/{organization.Management.Id}"),
        ["MasterAccountId"] = organization.Management.Id,
        ["MasterAccountEmail"] = "management@example.com",
        ["AvailablePolicyTypes"] = Json.List(new JsonObject { ["Type"] = ServiceControl, ["Status"] = "ENABLED" }),
    };

    /// <summary>The ids of the root and of all units.</summary>
    public static IReadOnlySet<string> IdsOf(SandboxOrganization organization) =>
        Enumerable.Range(0, SandboxOrganization.UnitNames.Count)
            .Select(index => UnitId(organization, index))
            .Append(RootId(organization)).ToHashSet();

    /// <summary>Whether an account is in one of some units or roots.</summary>
    public static bool IsUnder(SandboxOrganization organization, SandboxAccount account, IReadOnlySet<string> ids) =>
        ids.Contains(RootId(organization)) || (account.UnitIndex >= 0 && ids.Contains(UnitId(organization, account.UnitIndex)));

    private static JsonObject Root(SandboxOrganization organization) => new()
    {
        ["Id"] = RootId(organization),
        ["Arn"] = Arn(organization, $"root/{organization.Id}/{RootId(organization)}"),
        ["Name"] = "Root",
        ["PolicyTypes"] = Json.List(new[] { ServiceControl, ResourceControl }.Select(type => new JsonObject { ["Type"] = type, ["Status"] = "ENABLED" })),
    };

    private static IEnumerable<JsonNode> Units(SandboxOrganization organization) =>
        SandboxOrganization.UnitNames.Select((name, index) => new JsonObject
        {
            ["Id"] = UnitId(organization, index),
            ["Arn"] = Arn(organization, $"ou/{organization.Id}/{UnitId(organization, index)}"),
            ["Name"] = name,
        });

    private static JsonObject Account(SandboxOrganization organization, SandboxAccount account) => new()
    {
        ["Id"] = account.Id,
        ["Arn"] = Arn(organization, $"account/{organization.Id}/{account.Id}"),
        ["Email"] = account.Name + "@example.com",
        ["Name"] = account.Name,
        ["Status"] = "ACTIVE",
        ["State"] = "ACTIVE",
        ["JoinedMethod"] = account.IsManagement ? "INVITED" : "CREATED",
        ["JoinedTimestamp"] = organization.Global(account).DaysAgo("account", 0, 300, 1500),
    };

    private static IReadOnlyList<JsonNode> AccountsOf(CallContext call)
    {
        var parent = call.Need("ParentId");
        return [.. call.Organization.Accounts.Where(account => UnitOf(call.Organization, account) == parent).Select(account => Account(call.Organization, account))];
    }

    /// <summary>The unit, or else the root, that an account is in.</summary>
    public static string UnitOf(SandboxOrganization organization, SandboxAccount account) =>
        account.UnitIndex < 0 ? RootId(organization) : UnitId(organization, account.UnitIndex);

    private static SandboxAccount FindAccount(CallContext call, string member) => call.Organization.Find(call.Need(member))
        ?? throw new AwsError("AccountNotFoundException", "You specified an account that doesn't exist.");

    private static Answer Parents(CallContext call)
    {
        var child = call.Need("ChildId");
        var parent = child.StartsWith("ou-", System.StringComparison.Ordinal) ? RootId(call.Organization) : UnitOf(call.Organization, FindAccount(call, "ChildId"));
        return Answer.Of("Parents", [new JsonObject { ["Id"] = parent, ["Type"] = parent.StartsWith("r-", System.StringComparison.Ordinal) ? "ROOT" : "ORGANIZATIONAL_UNIT" }]);
    }

    private static Answer Children(CallContext call)
    {
        var ids = call.Need("ChildType") == "ACCOUNT"
            ? call.Organization.Accounts.Where(account => UnitOf(call.Organization, account) == call.Need("ParentId")).Select(account => account.Id)
            : IsRoot(call, "ParentId") ? Units(call.Organization).Select(unit => (string)unit["Id"]!) : [];
        return Answer.Of("Children", [.. ids.Select(id => new JsonObject { ["Id"] = id, ["Type"] = call.Need("ChildType") })]);
    }

    private static IEnumerable<JsonObject> Policies(CallContext call)
    {
        yield return Policy(call, "p-FullAWSAccess", "FullAWSAccess", ServiceControl, isManaged: true);
        yield return Policy(call, "p-RCPFullAWSAccess", "RCPFullAWSAccess", ResourceControl, isManaged: true);
        if (!call.Global.Fails("Organizations.Guardrails"))
        {
            yield return Policy(call, "p-guardrail1", "protect-audit-trail", ServiceControl, isManaged: false);
            yield return Policy(call, "p-guardrail2", "own-organization-only", ResourceControl, isManaged: false);
        }
    }

    private static JsonObject Policy(CallContext call, string id, string name, string type, bool isManaged) => new()
    {
        ["Id"] = id,
        ["Arn"] = isManaged
            ? $"arn:aws:organizations::aws:policy/{type.ToLowerInvariant()}/{id}"
            : Arn(call.Organization, $"policy/{call.Organization.Id}/{type.ToLowerInvariant()}/{id}"),
        ["Name"] = name,
        ["Description"] = "",
        ["Type"] = type,
        ["AwsManaged"] = isManaged,
    };

    private static Answer DescribePolicy(CallContext call)
    {
        var policy = Policies(call).FirstOrDefault(policy => (string?)policy["Id"] == call.Need("PolicyId"))
            ?? throw new AwsError("PolicyNotFoundException", "We can't find a policy with the PolicyId that you specified.");
        var statement = (string)policy["Name"]! switch
        {
            "protect-audit-trail" => Json.Statement("Deny", null, Json.Texts("cloudtrail:StopLogging", "cloudtrail:DeleteTrail"), "*"),
            "own-organization-only" => Json.Statement("Deny", "*", "s3:*", "*", Json.Condition("StringNotEqualsIfExists", "aws:PrincipalOrgID", call.Organization.Id)),
            "RCPFullAWSAccess" => Json.Statement("Allow", "*", "*", "*"),
            _ => Json.Statement("Allow", null, "*", "*"),
        };
        return new JsonObject { ["Policy"] = new JsonObject { ["PolicySummary"] = policy, ["Content"] = Json.Policy(statement) } };
    }

    private static JsonObject Target(SandboxOrganization organization) => new()
    {
        ["TargetId"] = RootId(organization),
        ["Arn"] = Arn(organization, $"root/{organization.Id}/{RootId(organization)}"),
        ["Name"] = "Root",
        ["Type"] = "ROOT",
    };

    private static IReadOnlyList<JsonNode> DelegatedAdministrators(CallContext call)
    {
        if (call.Global.Fails("Organizations.ServiceDelegatedAdministrator") || call.Organization.Accounts.Count < 2)
        {
            return [];
        }

        var delegated = Account(call.Organization, call.Organization.Accounts[1]);
        delegated["DelegationEnabledDate"] = call.Cell.DaysAgo(300);
        return [delegated];
    }

    private static Answer ResourcePolicy(CallContext call) => call.Global.Fails("Organizations.PolicyDelegatedAdministrator")
        ? throw new AwsError("ResourcePolicyNotFoundException", "We can't find a resource policy request with the parameter that you specified.")
        : new JsonObject
        {
            ["ResourcePolicy"] = new JsonObject
            {
                ["ResourcePolicySummary"] = new JsonObject { ["Id"] = "rp-" + Suffix(call.Organization), ["Arn"] = Arn(call.Organization, $"resourcepolicy/{call.Organization.Id}/rp-{Suffix(call.Organization)}") },
                ["Content"] = Json.Policy(Json.Statement("Allow", Json.Principal("AWS", $"arn:aws:iam::{call.Organization.Accounts[^1].Id}:root"), Json.Texts("organizations:CreatePolicy", "organizations:UpdatePolicy"), "*")),
            },
        };

    private static JsonObject Service(CallContext call, string principal) => new() { ["ServicePrincipal"] = principal, ["DateEnabled"] = call.Cell.DaysAgo(400) };
}
