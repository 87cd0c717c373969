using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Access;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Tests.Assessment;

namespace CloudPosture.Tests.Escalation;

/// <summary>An account in which a test plants identities and what they can act through.</summary>
internal sealed class Plant(string accountId = Plant.Account)
{
    public const string Account = "111122223333";
    public const string Region = "eu-central-1";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly List<Resource> _resources = [];

    public bool IsManagement { get; set; }

    /// <summary>The services that were harvested; null for all.</summary>
    public IReadOnlyList<string>? Services { get; set; }

    public string Root => $"arn:aws:iam::{accountId}:root";

    public static string Allow(string action, string resource = "*", string extra = "") => $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"{{extra}}}""";

    public static string Deny(string action, string resource = "*", string extra = "") => $$"""{"Effect":"Deny","Action":"{{action}}","Resource":"{{resource}}"{{extra}}}""";

    public static string Condition(string operation, string key, string value) => $$$""","Condition":{"{{{operation}}}":{"{{{key}}}":"{{{value}}}"}}""";

    public static JsonObject Document(params IEnumerable<string> statements) => new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. statements.Select(statement => JsonNode.Parse(statement))]),
    };

    public static string TrustOf(string kind, string principal, string extra = "") =>
        $$"""{"Effect":"Allow","Principal":{"{{kind}}":"{{principal}}"},"Action":"{{(kind == "Federated" ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole")}}"{{extra}}}""";

    public string User(string name, IEnumerable<string> statements, string? boundary = null, IEnumerable<string>? groups = null, IEnumerable<string>? attached = null, int keys = 0, bool password = false)
    {
        var arn = $"arn:aws:iam::{accountId}:user/{name}";
        Add("AWS::IAM::User", name, arn, Bounded(boundary, new JsonObject
        {
            ["UserName"] = name,
            ["UserPolicyList"] = Inline(statements),
            ["GroupList"] = new JsonArray([.. (groups ?? []).Select(group => (JsonNode)group)]),
            ["AttachedManagedPolicies"] = Attached(attached),
        }));
        Add("AWS::IAM::CredentialReport", name, arn, new JsonObject
        {
            ["arn"] = arn,
            ["password_enabled"] = password,
            ["access_key_1_last_rotated"] = keys > 0 ? "2026-01-01T00:00:00Z" : null,
            ["access_key_2_last_rotated"] = keys > 1 ? "2026-01-01T00:00:00Z" : null,
        });
        return arn;
    }

    public string Role(string name, IEnumerable<string> statements, IEnumerable<string> trust, string? boundary = null, IEnumerable<string>? attached = null, bool profile = false, string path = "/")
    {
        var arn = $"arn:aws:iam::{accountId}:role{path}{name}";
        Add("AWS::IAM::Role", name, arn, Bounded(boundary, new JsonObject
        {
            ["RoleName"] = name,
            ["Path"] = path,
            ["RolePolicyList"] = Inline(statements),
            ["AttachedManagedPolicies"] = Attached(attached),
            ["AssumeRolePolicyDocument"] = Document(trust),
            ["InstanceProfileList"] = profile ? new JsonArray(new JsonObject { ["Arn"] = ProfileOf(name) }) : [],
        }));
        return arn;
    }

    public string ProfileOf(string role) => $"arn:aws:iam::{accountId}:instance-profile/{role}";

    public string Group(string name, params IEnumerable<string> statements)
    {
        var arn = $"arn:aws:iam::{accountId}:group/{name}";
        Add("AWS::IAM::Group", name, arn, new JsonObject { ["GroupName"] = name, ["GroupPolicyList"] = Inline(statements), ["AttachedManagedPolicies"] = new JsonArray() });
        return arn;
    }

    /// <summary>A policy of the account's own; its last version is the valid one.</summary>
    public string Policy(string name, params IReadOnlyList<string>[] versions)
    {
        var arn = $"arn:aws:iam::{accountId}:policy/{name}";
        Add("AWS::IAM::ManagedPolicy", name, arn, new JsonObject
        {
            ["PolicyVersionList"] = new JsonArray([.. versions.Select((statements, index) => (JsonNode)new JsonObject
            {
                ["VersionId"] = $"v{index + 1}",
                ["IsDefaultVersion"] = index == versions.Length - 1,
                ["Document"] = Document(statements),
            })]),
        });
        return arn;
    }

    /// <summary>The account in an organization of which this is the manager: control policies on a member.</summary>
    public void Control(string memberId, string kind, params IEnumerable<string> statements)
    {
        if (!_resources.Exists(resource => resource.Type == "AWS::Organizations::Root"))
        {
            Add("AWS::Organizations::Organization", "o-1", "o-1", new JsonObject { ["Id"] = "o-1", ["MasterAccountId"] = accountId });
            Add("AWS::Organizations::Root", "r-1", "r-1", []);
            Add("AWS::Organizations::OrganizationalUnit", "ou-1", "ou-1", new JsonObject { ["ParentId"] = "r-1" });
        }

        Add("AWS::Organizations::Account", memberId, memberId, new JsonObject { ["ParentId"] = "ou-1" });
        foreach (var (target, content) in new[] { ("r-1", (IEnumerable<string>)[Allow("*")]), ("ou-1", statements.Prepend(Allow("*"))) })
        {
            var id = $"p-{target}-{kind}";
            Add("AWS::Organizations::Policy", id, id, new JsonObject { ["Type"] = kind, ["Content"] = Document(content), ["Targets"] = new JsonArray(new JsonObject { ["TargetId"] = target }) });
        }
    }

    public void Add(string type, string id, string arn, JsonObject? configuration = null, IReadOnlyDictionary<string, string>? tags = null) => _resources.Add(new Resource
    {
        Type = type,
        Id = id,
        Arn = arn,
        Name = id,
        AccountId = accountId,
        Region = type.StartsWith("AWS::IAM", StringComparison.Ordinal) ? "global" : Region,
        Configuration = JsonDocument.Parse((configuration ?? []).ToJsonString()).RootElement,
        Tags = tags ?? new Dictionary<string, string>(),
        HarvestId = "h1",
        HarvestedAt = Now,
        Connection = "prod",
    });

    /// <summary>The account.</summary>
    /// <param name="unread">Types of which no list was read.</param>
    public MemorySnapshot Snapshot(IEnumerable<string>? unread = null) => new(Services ?? Shipped.Content.Catalog.Names, _resources)
    {
        AccountId = accountId,
        HarvestedAt = Now,
        IsManagementAccount = IsManagement,
        Regions = [Region],
        Gaps = [.. (unread ?? []).Select(type => Given.Gap(type, region: Region))],
    };

    public static IdentityEstate Estate(params IEnumerable<Plant> accounts) => IdentityEstate.Read(accounts.Select(account => account.Snapshot()), Shipped.Content.Catalog, Types);

    private static IReadOnlyList<string> Types { get; } = CloudPosture.Assessment.Escalation.EscalationMethods.TypesOf(CloudPosture.Assessment.Escalation.EscalationMethods.Of(Shipped.Content));

    private static JsonArray Inline(IEnumerable<string> statements) => statements.ToList() is { Count: > 0 } all
        ? new JsonArray(new JsonObject { ["PolicyName"] = "own", ["PolicyDocument"] = Document(all) })
        : [];

    private static JsonArray Attached(IEnumerable<string>? arns) => new([.. (arns ?? []).Select(arn => (JsonNode)new JsonObject { ["PolicyArn"] = arn })]);

    private static JsonObject Bounded(string? boundary, JsonObject identity)
    {
        if (boundary is not null)
        {
            identity["PermissionsBoundary"] = new JsonObject { ["PermissionsBoundaryArn"] = boundary };
        }

        return identity;
    }
}
