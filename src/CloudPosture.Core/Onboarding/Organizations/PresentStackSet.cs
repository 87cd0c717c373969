using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Errors;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Onboarding.Organizations;

/// <summary>A StackSet as it is, and how far that is from what a role needs.</summary>
/// <param name="description">What DescribeStackSet tells.</param>
/// <param name="region">The Region where it is.</param>
internal sealed class PresentStackSet(JsonNode description, string region)
{
    private readonly JsonObject? _template = Parsed((string?)description["TemplateBody"]);

    public string Region => region;

    /// <summary>The external ID that its stacks were given; null for none.</summary>
    public string? ExternalId => (string?)(description["Parameters"] as JsonArray)?
        .FirstOrDefault(parameter => (string?)parameter!["ParameterKey"] == CloudFormationTemplate.ExternalIdParameter)?["ParameterValue"];

    /// <summary>The units and roots that it reaches.</summary>
    public IReadOnlyList<string> Units => [.. (description["OrganizationalUnitIds"] as JsonArray ?? []).Select(unit => (string)unit!)];

    private static Advice OtherName => new("Choose another name for the role, or remove that StackSet.", "StackSetName");

    private string Name => (string)description["StackSetName"]!;

    /// <summary>Refuses a StackSet that is not of the role, or whose role could not become it.</summary>
    public void DemandRole(RoleSpec role)
    {
        var present = Properties(_template, CloudFormationTemplate.RoleResource);
        var name = (string?)present["RoleName"];
        AwsLimits.Require(name is not null && (string?)description["PermissionModel"] is null or "SERVICE_MANAGED", $"The StackSet {Name} in {region} is there already and rolls out no role of this product.", OtherName);
        AwsLimits.Require(name == role.RoleName, $"The StackSet {Name} in {region} is there already and rolls out the role {name}, not {role.RoleName}.", OtherName);
        var path = (string?)present["Path"] ?? "/";
        AwsLimits.Require(
            path == role.Path,
            $"The StackSet {Name} in {region} gave the role {name} the path '{path}', and a role's path cannot be changed.",
            new Advice($"Give the role that path, or first remove its stacks (aws cloudformation delete-stack-instances), the StackSet and the management account's role.", "StackSetPath", path));
    }

    /// <summary>A template in which names and descriptions of policies are as they are, because CloudFormation cannot change them.</summary>
    public JsonObject Keep(JsonObject template)
    {
        foreach (var resource in template["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == "AWS::IAM::ManagedPolicy"))
        {
            var (wanted, present) = (Properties(template, resource.Key), Properties(_template, resource.Key));
            foreach (var member in present.Count == 0 ? [] : (string[])["ManagedPolicyName", "Description"])
            {
                wanted[member] = present[member]?.DeepClone();
                if (wanted[member] is null)
                {
                    wanted.Remove(member);
                }
            }
        }

        return template;
    }

    /// <summary>What differs from a template with its external ID, in words; none where nothing does.</summary>
    public IReadOnlyList<string> Differences(JsonObject template, string? externalId)
    {
        var differences = new List<string>();
        if (ExternalId != externalId)
        {
            differences.Add("the external ID");
        }

        foreach (var id in Members(_template?["Resources"]).Union(Members(template["Resources"])))
        {
            var (present, wanted) = (Properties(_template, id), Properties(template, id));
            differences.AddRange(Members(present)
                .Union(Members(wanted))
                .Where(name => !PolicyComparer.Same(present[name], wanted[name]))
                .Select(name => $"{id}.{name}"));
        }

        if ((bool?)description["AutoDeployment"]?["Enabled"] == false)
        {
            differences.Add("accounts that join get no role");
        }

        return differences;
    }

    private static JsonObject Properties(JsonObject? template, string resource) => template?["Resources"]?[resource]?["Properties"] as JsonObject ?? [];

    private static IEnumerable<string> Members(JsonNode? map) => (map as JsonObject ?? []).Select(member => member.Key);

    private static JsonObject? Parsed(string? body)
    {
        try
        {
            return body is null ? null : JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            // YAML, which a rollout never writes.
            return null;
        }
    }
}
