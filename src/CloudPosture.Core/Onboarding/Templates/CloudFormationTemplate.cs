using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Errors;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Builds CloudFormation templates as JSON, which is also the model of their YAML.</summary>
internal static class CloudFormationTemplate
{
    public const string ExternalIdParameter = "ExternalId";

    /// <summary>The role among the resources of <see cref="Stack"/>.</summary>
    public const string RoleResource = "ReaderRole";
    private const string NeedsCapability = "To deploy: give CAPABILITY_NAMED_IAM, because roles and policies have names of their own.";
    private const string UnitsParameter = "OrganizationalUnitIds";
    private const string ManagementCondition = "IncludesManagementAccount";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Stack(RoleSpec role)
    {
        var template = TemplatePart.Frame(role.Description.Length == 0 ? "A role that reads this account's configuration." : role.Description, NeedsCapability);
        AddExternalId(template, role);
        TemplatePart.Object(template, "Resources");
        AddRole(template, role, "Reader", condition: null);
        TemplatePart.Object(template, "Outputs")["RoleArn"] = TemplatePart.Output($"The ARN of the role {role.RoleName}.", TemplatePart.GetArn(RoleResource));
        AddExternalIdOutput(template, role);
        return template;
    }

    public static JsonObject StackSet(TemplateRequest request)
    {
        var role = request.Role;
        var where = request.Hub is null ? "the management account" : $"the management account, {request.HubAccountId ?? "which is the one that the roles trust"}";
        var template = TemplatePart.Frame(
            $"For {where}: rolls the role {role.RoleName} out to the organization's accounts, and creates it here.",
            $"{NeedsCapability} StackSets need trusted access to the organization: aws cloudformation activate-organizations-access.");
        AddExternalId(template, role);
        AddUnits(template, request.OrganizationalUnitIds);
        TemplatePart.Object(template, "Parameters")[ManagementCondition] = new JsonObject
        {
            ["Type"] = "String",
            ["Description"] = "Whether this account gets the role too. A StackSet leaves the management account out.",
            ["AllowedValues"] = new JsonArray("Yes", "No"),
            ["Default"] = request.IncludeManagementAccount ? "Yes" : "No",
        };
        template["Conditions"] = new JsonObject { [ManagementCondition] = new JsonObject { ["Fn::Equals"] = new JsonArray(TemplatePart.Ref(ManagementCondition), "Yes") } };
        TemplatePart.Object(template, "Resources")["StackSet"] = StackSetResource(role);
        AddRole(template, role, "Reader", ManagementCondition);
        var outputs = TemplatePart.Object(template, "Outputs");
        outputs["RoleArn"] = TemplatePart.Output($"The ARN of the role {role.RoleName} in this account.", TemplatePart.GetArn("ReaderRole"), ManagementCondition);
        AddExternalIdOutput(template, role);
        if (request.Hub?.Validate() is { } hub)
        {
            AddRole(template, hub, "Hub", condition: null);
            outputs["HubRoleArn"] = TemplatePart.Output($"The ARN of the role {hub.RoleName}, which assumes the others.", TemplatePart.GetArn("HubRole"));
            // The readers' trust names the hub's role, which must exist before IAM accepts that.
            foreach (var resource in new[] { "StackSet", "ReaderRole" })
            {
                template["Resources"]![resource]!["DependsOn"] = "HubRole";
            }
        }

        return TemplatePart.WithinLimit(template);
    }

    public static string ToJson(JsonObject template) => template.ToJsonString(Indented).Replace("\r\n", "\n") + "\n";

    private static JsonObject StackSetResource(RoleSpec role)
    {
        var properties = new JsonObject
        {
            ["StackSetName"] = StackSetName(role),
            ["Description"] = role.Description.Length == 0 ? role.RoleName : role.Description,
            ["PermissionModel"] = "SERVICE_MANAGED",
            ["AutoDeployment"] = new JsonObject { ["Enabled"] = true, ["RetainStacksOnAccountRemoval"] = false },
            ["Capabilities"] = new JsonArray("CAPABILITY_NAMED_IAM"),
            ["ManagedExecution"] = new JsonObject { ["Active"] = true },
            ["OperationPreferences"] = new JsonObject { ["FailureTolerancePercentage"] = 100, ["MaxConcurrentPercentage"] = 100, ["RegionConcurrencyType"] = "PARALLEL" },
            ["StackInstancesGroup"] = new JsonArray(new JsonObject
            {
                // One Region is enough, because IAM is global.
                ["Regions"] = new JsonArray(TemplatePart.Ref("AWS::Region")),
                ["DeploymentTargets"] = new JsonObject { [UnitsParameter] = TemplatePart.Ref(UnitsParameter) },
            }),
            ["TemplateBody"] = Body(role),
        };
        if (role.ExternalId is not null)
        {
            properties["Parameters"] = new JsonArray(new JsonObject { ["ParameterKey"] = ExternalIdParameter, ["ParameterValue"] = TemplatePart.Ref(ExternalIdParameter) });
        }

        return new JsonObject { ["Type"] = "AWS::CloudFormation::StackSet", ["Properties"] = properties };
    }

    /// <summary>A StackSet's name begins with a letter and holds only letters, digits and dashes.</summary>
    public static string StackSetName(RoleSpec role)
    {
        var name = Regex.Replace(role.RoleName, "[^A-Za-z0-9]+", "-").Trim('-');
        return name.Length > 0 && !char.IsDigit(name[0]) ? name : "Role-" + name;
    }

    /// <summary>The template of one account as text, for a StackSet.</summary>
    public static string Body(RoleSpec role) => Body(Stack(role));

    /// <summary>A template as text, for a call.</summary>
    public static string Body(JsonObject template) => TemplatePart.WithinLimit(template).ToJsonString(Compact);

    private static void AddRole(JsonObject template, RoleSpec role, string prefix, string? condition)
    {
        var resources = TemplatePart.Object(template, "Resources");
        var arns = new JsonArray([.. role.ManagedPolicies.Select(policy => TemplatePart.Portable(role.ManagedPolicyArn(policy), role.Partition))]);
        foreach (var (policy, index) in role.CustomPolicies.Select((policy, index) => (policy, index)))
        {
            var id = $"{prefix}Policy{(index == 0 ? "" : index + 1)}";
            resources[id] = TemplatePart.Resource("AWS::IAM::ManagedPolicy", condition, new JsonObject
            {
                ["ManagedPolicyName"] = policy.Name,
                ["Path"] = role.Path,
                // What only the making sets must not follow the role's description, which may change.
                ["Description"] = $"Belongs to the role {role.RoleName}.",
                ["PolicyDocument"] = TemplatePart.Portable(JsonNode.Parse(policy.Document), role.Partition),
            });
            arns.Add(TemplatePart.Ref(id));
        }

        resources[prefix + "Role"] = TemplatePart.Resource("AWS::IAM::Role", condition, RoleProperties(role, arns));
        if (role.NeedsInstanceProfile)
        {
            resources[prefix + "InstanceProfile"] = TemplatePart.Resource("AWS::IAM::InstanceProfile", condition, new JsonObject
            {
                ["InstanceProfileName"] = role.RoleName,
                ["Path"] = role.Path,
                ["Roles"] = new JsonArray(TemplatePart.Ref(prefix + "Role")),
            });
        }
    }

    private static JsonObject RoleProperties(RoleSpec role, JsonArray managedPolicyArns)
    {
        var properties = new JsonObject
        {
            ["RoleName"] = role.RoleName,
            ["Path"] = role.Path,
            ["Description"] = role.Description,
            ["MaxSessionDuration"] = role.MaxSessionDuration,
            ["AssumeRolePolicyDocument"] = Trust(role),
        };
        if (managedPolicyArns.Count > 0)
        {
            properties["ManagedPolicyArns"] = managedPolicyArns;
        }

        if (role.InlinePolicies.Count > 0)
        {
            properties["Policies"] = new JsonArray([.. role.InlinePolicies.Select(policy => (JsonNode)new JsonObject
            {
                ["PolicyName"] = policy.Name,
                ["PolicyDocument"] = TemplatePart.Portable(JsonNode.Parse(policy.Document), role.Partition),
            })]);
        }

        if (role.PermissionsBoundary is { } boundary)
        {
            properties["PermissionsBoundary"] = TemplatePart.Portable(boundary, role.Partition);
        }

        if (role.Tags.Count > 0)
        {
            properties["Tags"] = new JsonArray([.. role.Tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);
        }

        return properties;
    }

    private static JsonNode Trust(RoleSpec role)
    {
        var trust = TrustDocument.Render(role, role.Partition, role.ExternalId);
        foreach (var condition in trust["Statement"]!.AsArray().Select(statement => statement!["Condition"]?["StringEquals"]).OfType<JsonObject>())
        {
            condition["sts:ExternalId"] = TemplatePart.Ref(ExternalIdParameter);
        }

        return TemplatePart.Portable(trust, role.Partition)!;
    }

    private static void AddExternalId(JsonObject template, RoleSpec role)
    {
        if (role.ExternalId is { } externalId)
        {
            TemplatePart.Object(template, "Parameters")[ExternalIdParameter] = new JsonObject
            {
                ["Type"] = "String",
                ["Description"] = "What the reader must say to assume the role.",
                ["MinLength"] = 2,
                ["MaxLength"] = 1224,
                ["AllowedPattern"] = "[A-Za-z0-9_+=,.@:/-]*",
                ["Default"] = externalId,
            };
        }
    }

    private static void AddExternalIdOutput(JsonObject template, RoleSpec role)
    {
        if (role.ExternalId is not null)
        {
            TemplatePart.Object(template, "Outputs")[ExternalIdParameter] = TemplatePart.Output("What the reader must say to assume the role.", TemplatePart.Ref(ExternalIdParameter));
        }
    }

    private static void AddUnits(JsonObject template, IReadOnlyList<string> units)
    {
        foreach (var unit in units)
        {
            AwsLimits.CheckTarget(unit);
        }

        AwsLimits.Require(units.Count <= AwsLimits.MostUnits, $"A StackSet reaches at most {AwsLimits.MostUnits} organizational units at a time, not {units.Count}: name units above them, or have it rolled out, which takes several operations.", new Advice("Name units above them, or have it rolled out.", "UnitsTooMany"));

        var parameter = new JsonObject
        {
            ["Type"] = "CommaDelimitedList",
            ["Description"] = "The organizational units, or the root, whose accounts get the role, separated by commas; at most 50.",
            ["AllowedPattern"] = "^(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})$",
        };
        if (units.Count > 0)
        {
            parameter["Default"] = string.Join(",", units);
        }

        TemplatePart.Object(template, "Parameters")[UnitsParameter] = parameter;
    }
}
