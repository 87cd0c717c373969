using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Assessment.Access;

/// <summary>Reads the identities of one account out of what was harvested of it.</summary>
internal sealed class IdentityReader
{
    public const string User = "AWS::IAM::User";
    public const string Group = "AWS::IAM::Group";
    public const string Role = "AWS::IAM::Role";
    public const string ManagedPolicy = "AWS::IAM::ManagedPolicy";
    public const string CredentialReport = "AWS::IAM::CredentialReport";
    private const string ServicePath = "/aws-service-role/";
    private const string Administrator = ":iam::aws:policy/AdministratorAccess";

    private readonly IAccountSnapshot _snapshot;
    private readonly ServiceCatalog _catalog;
    private readonly Dictionary<string, List<Resource>> _resources;
    private readonly Dictionary<string, PolicyVersions> _policies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IdentityGroup> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _reports = new(StringComparer.Ordinal);

    private IdentityReader(IAccountSnapshot snapshot, ServiceCatalog catalog, Dictionary<string, List<Resource>> resources) => (_snapshot, _catalog, _resources) = (snapshot, catalog, resources);

    /// <summary>The types that identities are read from.</summary>
    public static IReadOnlyList<string> Types { get; } = [User, Group, Role, ManagedPolicy, CredentialReport, .. ControlPolicies.Types];

    /// <summary>Reads an account.</summary>
    /// <param name="snapshot">The account.</param>
    /// <param name="catalog">What can be harvested.</param>
    /// <param name="resources">Its resources, at least those of the types that are wanted.</param>
    /// <param name="others">Types that are kept as they are.</param>
    public static IdentityAccount Read(IAccountSnapshot snapshot, ServiceCatalog catalog, IEnumerable<Resource> resources, IEnumerable<string> others)
    {
        var wanted = Types.Concat(others)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(type => type, _ => new List<Resource>(), StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            if (wanted.TryGetValue(resource.Type, out var list))
            {
                list.Add(resource);
            }
        }

        return new IdentityReader(snapshot, catalog, wanted).Read();
    }

    private IdentityAccount Read()
    {
        foreach (var policy in _resources[ManagedPolicy])
        {
            _policies[policy.Arn] = VersionsOf(policy);
        }

        foreach (var group in _resources[Group].Select(GroupOf))
        {
            _groups[group.Name] = group;
        }

        foreach (var report in _resources[CredentialReport].Where(line => line.Gaps.Count == 0))
        {
            _reports[report.Configuration.Text("arn") ?? report.Arn] = report.Configuration;
        }

        var organization = _resources[OrganizationTypes.Organization].FirstOrDefault();
        return new IdentityAccount
        {
            AccountId = _snapshot.AccountId,
            Partition = _snapshot.Partition,
            Regions = _snapshot.Regions,
            IsManagement = _snapshot.IsManagementAccount || organization?.Configuration.Text("MasterAccountId") == _snapshot.AccountId,
            OrganizationId = organization?.Configuration.Text("Id") ?? organization?.Id,
            IsOrganizationKnown = organization is not null || WasRead(OrganizationTypes.Organization),
            Identities = [.. _resources[User].Select(UserOf)
                .Concat(_resources[Role].Select(RoleOf))
                .OrderBy(identity => identity.Arn, StringComparer.Ordinal)],
            Groups = _groups,
            Policies = _policies,
            Others = _resources,
            WasRead = WasRead,
        };
    }

    // A type is known in full where its service was asked and no list of it is missing.
    private bool WasRead(string type) =>
        (_resources.TryGetValue(type, out var found) && found.Count > 0)
        || (_catalog.ServiceOf(type) is { } service && _snapshot.WasHarvested(service) && !_snapshot.Gaps.Any(gap => gap.Field is null && gap.ResourceType == type));

    private Identity UserOf(Resource user)
    {
        var json = user.Configuration;
        var groups = json.Items("GroupList")
            .Where(name => name.ValueKind == JsonValueKind.String)
            .Select(name => name.GetString()!)
            .OrderBy(name => name, StringComparer.Ordinal).ToList();
        var own = Attached(json).ToList();
        var known = groups.Select(name => _groups.TryGetValue(name, out var group) ? group : null).ToList();
        var report = _reports.TryGetValue(user.Arn, out var line) ? line : (JsonElement?)null;
        return new Identity
        {
            Kind = IdentityKind.User,
            Arn = user.Arn,
            Name = json.Text("UserName") ?? user.Name,
            AccountId = _snapshot.AccountId,
            Policies = [.. Inline(json, "UserPolicyList", ""), .. own.Select(PolicyOf), .. groups.Zip(known, (name, group) => group?.Policies ?? [new AccessPolicy($"group {name}", null)]).SelectMany(policies => policies)],
            ManagedPolicies = [.. own.Concat(known.SelectMany(group => group?.ManagedPolicies ?? [])).Distinct(StringComparer.Ordinal)],
            Boundary = BoundaryOf(json),
            Groups = groups,
            Tags = user.Tags,
            Keys = report is { } keys ? new[] { "access_key_1_last_rotated", "access_key_2_last_rotated" }.Count(key => keys.Text(key) is { Length: > 3 }) : null,
            HasPassword = report?.Member("password_enabled") is { ValueKind: JsonValueKind.True or JsonValueKind.False } password ? password.ValueKind == JsonValueKind.True : null,
        };
    }

    private Identity RoleOf(Resource role)
    {
        var json = role.Configuration;
        var attached = Attached(json).ToList();
        return new Identity
        {
            Kind = IdentityKind.Role,
            Arn = role.Arn,
            Name = json.Text("RoleName") ?? role.Name,
            AccountId = _snapshot.AccountId,
            Policies = [.. Inline(json, "RolePolicyList", ""), .. attached.Select(PolicyOf)],
            ManagedPolicies = attached,
            Boundary = BoundaryOf(json),
            Trust = AccessPolicy.Of("trust policy of " + role.Name, json.Member("AssumeRolePolicyDocument") is { } trust ? PolicyDocument.Parse(trust)?.Statements : null),
            Profiles = [.. json.Items("InstanceProfileList").Select(profile => profile.Text("Arn")).OfType<string>()],
            Tags = role.Tags,
            IsServiceLinked = json.Text("Path")?.StartsWith(ServicePath, StringComparison.Ordinal) ?? role.Arn.Contains(":role" + ServicePath),
        };
    }

    private IdentityGroup GroupOf(Resource group)
    {
        var attached = Attached(group.Configuration).ToList();
        var name = group.Configuration.Text("GroupName") ?? group.Name;
        return new IdentityGroup(name, group.Arn, [.. Inline(group.Configuration, "GroupPolicyList", $"group {name}, "), .. attached.Select(PolicyOf)], attached);
    }

    private static IEnumerable<AccessPolicy> Inline(JsonElement json, string list, string whose) =>
        json.Items(list).Select(inline => AccessPolicy.Of(
            $"{whose}inline policy {inline.Text("PolicyName")}",
            inline.Member("PolicyDocument") is { } document ? PolicyDocument.Parse(document)?.Statements : null));

    private static IEnumerable<string> Attached(JsonElement json) =>
        json.Items("AttachedManagedPolicies").Select(policy => policy.Text("PolicyArn")).OfType<string>().OrderBy(arn => arn, StringComparer.Ordinal);

    private AccessPolicy? BoundaryOf(JsonElement json) =>
        json.Member("PermissionsBoundary")?.Text("PermissionsBoundaryArn") is { } arn ? PolicyOf(arn) : null;

    private AccessPolicy PolicyOf(string arn) =>
        _policies.TryGetValue(arn, out var policy) ? policy.Valid
        : arn.EndsWith(Administrator, StringComparison.Ordinal) ? new AccessPolicy(arn, """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""")
        : new AccessPolicy(arn, null);

    private static PolicyVersions VersionsOf(Resource policy)
    {
        var json = policy.Configuration;
        var versions = json.Items("PolicyVersionList").ToList();
        var valid = versions.Where(version => version.Flag("IsDefaultVersion")).Select(version => version.Member("Document")).FirstOrDefault()
            ?? json.Member("PolicyVersion")?.Member("Document");
        return new PolicyVersions(
            policy.Arn,
            AccessPolicy.Of(policy.Arn, valid is { } document ? PolicyDocument.Parse(document)?.Statements : null),
            [.. versions.Where(version => !version.Flag("IsDefaultVersion")).Select(version =>
                AccessPolicy.Of($"{policy.Arn} {version.Text("VersionId")}", version.Member("Document") is { } older ? PolicyDocument.Parse(older)?.Statements : null))]);
    }
}
