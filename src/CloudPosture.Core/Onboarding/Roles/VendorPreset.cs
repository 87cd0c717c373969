using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Onboarding.Policies;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace CloudPosture.Onboarding.Roles;

/// <summary>The roles a vendor asks for, from presets.yaml.</summary>
public sealed class VendorPreset
{
    private static readonly Lazy<IReadOnlyList<VendorPreset>> Presets = new(Read);

    /// <summary>Every preset.</summary>
    public static IReadOnlyList<VendorPreset> All => Presets.Value;

    /// <summary>The vendor.</summary>
    public Vendor Vendor { get; set; }

    /// <summary>The product's name.</summary>
    public string Title { get; set; } = "";

    /// <summary>What the vendor asks of the external ID.</summary>
    public ExternalIdRule ExternalId { get; set; } = new();

    /// <summary>The parts there are: a reader, and a hub for some.</summary>
    public IEnumerable<RolePart> Parts => Roles.Select(role => role.Part);

    [YamlMember]
    internal PresetSuffix? Suffix { get; set; }

    [YamlMember]
    internal List<PresetRole> Roles { get; set; } = [];

    /// <summary>The preset of one vendor.</summary>
    /// <param name="vendor">The vendor.</param>
    /// <returns>The preset.</returns>
    public static VendorPreset Of(Vendor vendor) => All.Single(preset => preset.Vendor == vendor);

    /// <summary>Fills the preset in.</summary>
    /// <param name="values">What the user gives.</param>
    /// <param name="catalog">What is harvested, which the least privilege follows from; null leaves out the policies that follow from it.</param>
    /// <returns>The role, not yet validated.</returns>
    /// <exception cref="RoleSpecException">A value is missing or breaks the vendor's rule.</exception>
    public RoleSpec Build(PresetValues values, ServiceCatalog? catalog)
    {
        var role = Roles.Find(candidate => candidate.Part == values.Part)
            ?? throw new RoleSpecException($"{Title} has no role of the kind {values.Part}; it has: {string.Join(", ", Parts)}.");
        IReadOnlyList<TrustedPrincipal> trust = values.TrustedPrincipals is { } given
            ? [.. given.Select(TrustedPrincipal.Parse)]
            : [.. role.Trust.Select(principal => TrustedPrincipal.Parse(Fill(principal, values), values.Partition))];
        return new RoleSpec
        {
            RoleName = values.RoleName ?? Fill(role.Name, values),
            Description = Fill(role.Description, values),
            TrustedPrincipals = trust,
            ExternalId = ExternalId.Resolve(values.ExternalId),
            AllowNoExternalId = ExternalId.Use == ExternalIdUse.None,
            ManagedPolicies = [.. role.ManagedPolicies, .. values.IncludeInspector ? role.InspectorPolicies : []],
            CustomPolicies = role.CustomPolicy is { } custom ? CustomPolicies(custom, values, catalog) : [],
            InlinePolicies = role.InlinePolicy is { } inline ? Documents(inline, values) : [],
            Partition = values.Partition,
            AccountId = values.AccountId,
        };
    }

    private IReadOnlyList<NamedPolicy> Documents(PresetPolicy policy, PresetValues values)
    {
        var pattern = Document(policy, values);
        return [new NamedPolicy(policy.Name, PartitionPattern.Fill(pattern, values.Partition)) { Pattern = pattern }];
    }

    /// <summary>Managed policies. Their names must be unique in an account, so beside a role's name of the user's own they cannot be the vendor's.</summary>
    private IReadOnlyList<NamedPolicy> CustomPolicies(PresetPolicy policy, PresetValues values, ServiceCatalog? catalog)
    {
        if (policy.LeastPrivilege && catalog is null)
        {
            return [];
        }

        var policies = policy.LeastPrivilege
            ? LeastPrivilegePolicy.Compute(new PolicyScope { Providers = values.Providers, IncludeEvents = values.IncludeEvents }, catalog!)
                .CustomDocuments.Select((document, index) => new NamedPolicy(Numbered(policy.Name, index), document))
            : Documents(policy, values);
        return values.RoleName is { } name
            ? [.. policies.Select((custom, index) => custom with { Name = Numbered(name, index), FormerName = custom.Name })]
            : [.. policies];
    }

    private static string Numbered(string name, int index) => index == 0 ? name : $"{name}-{index + 1}";

    private string Document(PresetPolicy policy, PresetValues values) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray([.. policy.Statements.Select(statement => (JsonNode)new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. statement.Actions.Select(action => (JsonNode)action)]),
            ["Resource"] = Fill(statement.Resource, values),
        })]),
    }.ToJsonString();

    private string Fill(string template, PresetValues values) => Regex.Replace(template, @"\{(\w+)\}", placeholder => placeholder.Groups[1].Value switch
    {
        // Only where the role is made the partition is known.
        "partition" => placeholder.Value,
        "reader" => CheckPath(values.ReaderRolePath) + ReaderName(values),
        "readerName" => ReaderName(values),
        "hub" => CheckPath(values.HubRolePath) + Roles.Find(role => role.Part == RolePart.Hub)!.Name,
        "hubAccountId" => HubAccountId(values.HubAccountId),
        "suffix" => CheckSuffix(values.Suffix),
        var other => throw new InvalidOperationException($"presets.yaml holds the unknown placeholder '{other}'."),
    });

    private string ReaderName(PresetValues values)
    {
        var name = values.ReaderRoleName ?? Fill(Roles.Find(role => role.Part == RolePart.Reader)!.Name, values);
        AwsLimits.CheckName("reader's role name", name, 64);
        return name;
    }

    private static string CheckPath(string path)
    {
        AwsLimits.CheckPath(path);
        return path;
    }

    private string HubAccountId(string? id)
    {
        AwsLimits.Require(id is not null, $"{Title} needs to know the account that will read.", new Advice("Give its 12 digits, or a principal to trust.", "HubAccountId"));
        AwsLimits.CheckAccountId(id!);
        return id!;
    }

    private string CheckSuffix(string? suffix)
    {
        AwsLimits.Require(suffix is not null, $"{Title} needs {Suffix!.What}, which ends the role's name.", new Advice("Give it.", "Suffix"));
        AwsLimits.CheckName(Suffix.What, suffix!, Suffix.Longest);
        return suffix!;
    }

    private static IReadOnlyList<VendorPreset> Read()
    {
        using var yaml = EmbeddedData.Open("presets.yaml");
        return new DeserializerBuilder()
            .WithNamingConvention(CamelCaseNamingConvention.Instance)
            .IncludeNonPublicProperties()
            .Build()
            .Deserialize<List<VendorPreset>>(yaml);
    }
}
