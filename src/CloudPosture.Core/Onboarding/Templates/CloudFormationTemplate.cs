using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>Builds CloudFormation templates as JSON, which is also the model of their YAML.</summary>
internal static class CloudFormationTemplate
{
    public const string ExternalIdParameter = "ExternalId";

    /// <summary>The role among the resources of <see cref="Stack"/>.</summary>
    public const string RoleResource = "ReaderRole";

    /// <summary>CloudFormation's limit of a template that is passed in a call rather than through S3.</summary>
    private const int BodyLimit = 51_200;

    /// <summary>CloudFormation's limit of a template's description, in bytes.</summary>
    private const int DescriptionLimit = 1024;
    private const string NeedsCapability = "To deploy: give CAPABILITY_NAMED_IAM, because roles and policies have names of their own.";
    private const string UnitsParameter = "OrganizationalUnitIds";
    private const string ManagementCondition = "IncludesManagementAccount";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Stack(RoleSpec role)
    {
        var template = Frame(role.Description.Length == 0 ? "A role that reads this account's configuration." : role.Description, NeedsCapability);
        AddExternalId(template, role);
        Object(template, "Resources");
        AddRole(template, role, "Reader", condition: null);
        Object(template, "Outputs")["RoleArn"] = Output($"The ARN of the role {role.RoleName}.", GetArn(RoleResource));
        AddExternalIdOutput(template, role);
        return template;
    }

    public static JsonObject StackSet(TemplateRequest request)
    {
        var role = request.Role;
        var where = request.Hub is null ? "the management account" : $"the management account, {request.HubAccountId ?? "which is the one that the roles trust"}";
        var template = Frame(
            $"For {where}: rolls the role {role.RoleName} out to the organization's accounts, and creates it here.",
            $"{NeedsCapability} StackSets need trusted access to the organization: aws cloudformation activate-organizations-access.");
        AddExternalId(template, role);
        AddUnits(template, request.OrganizationalUnitIds);
        Object(template, "Parameters")[ManagementCondition] = new JsonObject
        {
            ["Type"] = "String",
            ["Description"] = "Whether this account gets the role too. A StackSet leaves the management account out.",
            ["AllowedValues"] = new JsonArray("Yes", "No"),
            ["Default"] = request.IncludeManagementAccount ? "Yes" : "No",
        };
        template["Conditions"] = new JsonObject { [ManagementCondition] = new JsonObject { ["Fn::Equals"] = new JsonArray(Ref(ManagementCondition), "Yes") } };
        Object(template, "Resources")["StackSet"] = StackSetResource(role);
        AddRole(template, role, "Reader", ManagementCondition);
        var outputs = Object(template, "Outputs");
        outputs["RoleArn"] = Output($"The ARN of the role {role.RoleName} in this account.", GetArn("ReaderRole"), ManagementCondition);
        AddExternalIdOutput(template, role);
        if (request.Hub?.Validate() is { } hub)
        {
            AddRole(template, hub, "Hub", condition: null);
            outputs["HubRoleArn"] = Output($"The ARN of the role {hub.RoleName}, which assumes the others.", GetArn("HubRole"));
            // The readers' trust names the hub's role, which must exist before IAM accepts that.
            foreach (var resource in new[] { "StackSet", "ReaderRole" })
            {
                template["Resources"]![resource]!["DependsOn"] = "HubRole";
            }
        }

        return WithinLimit(template);
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
                ["Regions"] = new JsonArray(Ref("AWS::Region")),
                ["DeploymentTargets"] = new JsonObject { [UnitsParameter] = Ref(UnitsParameter) },
            }),
            ["TemplateBody"] = Body(role),
        };
        if (role.ExternalId is not null)
        {
            properties["Parameters"] = new JsonArray(new JsonObject { ["ParameterKey"] = ExternalIdParameter, ["ParameterValue"] = Ref(ExternalIdParameter) });
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
    public static string Body(JsonObject template) => WithinLimit(template).ToJsonString(Compact);

    private static void AddRole(JsonObject template, RoleSpec role, string prefix, string? condition)
    {
        var resources = Object(template, "Resources");
        var arns = new JsonArray([.. role.ManagedPolicies.Select(policy => Portable(role.ManagedPolicyArn(policy), role.Partition))]);
        foreach (var (policy, index) in role.CustomPolicies.Select((policy, index) => (policy, index)))
        {
            var id = $"{prefix}Policy{(index == 0 ? "" : index + 1)}";
            resources[id] = Resource("AWS::IAM::ManagedPolicy", condition, new JsonObject
            {
                ["ManagedPolicyName"] = policy.Name,
                ["Path"] = role.Path,
                // What only the making sets must not follow the role's description, which may change.
                ["Description"] = $"Belongs to the role {role.RoleName}.",
                ["PolicyDocument"] = Portable(JsonNode.Parse(policy.Document), role.Partition),
            });
            arns.Add(Ref(id));
        }

        resources[prefix + "Role"] = Resource("AWS::IAM::Role", condition, RoleProperties(role, arns));
        if (role.NeedsInstanceProfile)
        {
            resources[prefix + "InstanceProfile"] = Resource("AWS::IAM::InstanceProfile", condition, new JsonObject
            {
                ["InstanceProfileName"] = role.RoleName,
                ["Path"] = role.Path,
                ["Roles"] = new JsonArray(Ref(prefix + "Role")),
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
                ["PolicyDocument"] = Portable(JsonNode.Parse(policy.Document), role.Partition),
            })]);
        }

        if (role.PermissionsBoundary is { } boundary)
        {
            properties["PermissionsBoundary"] = Portable(boundary, role.Partition);
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
            condition["sts:ExternalId"] = Ref(ExternalIdParameter);
        }

        return Portable(trust, role.Partition)!;
    }

    private static void AddExternalId(JsonObject template, RoleSpec role)
    {
        if (role.ExternalId is { } externalId)
        {
            Object(template, "Parameters")[ExternalIdParameter] = new JsonObject
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
            Object(template, "Outputs")[ExternalIdParameter] = Output("What the reader must say to assume the role.", Ref(ExternalIdParameter));
        }
    }

    private static void AddUnits(JsonObject template, IReadOnlyList<string> units)
    {
        foreach (var unit in units)
        {
            AwsLimits.CheckTarget(unit);
        }

        AwsLimits.Require(units.Count <= AwsLimits.MostUnits, $"A StackSet reaches at most {AwsLimits.MostUnits} organizational units at a time, not {units.Count}: name units above them, or use New-PostureOrganizationRole, which takes several operations.");

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

        Object(template, "Parameters")[UnitsParameter] = parameter;
    }

    /// <summary>A template with a description, whose note is never cut off.</summary>
    private static JsonObject Frame(string description, string note)
    {
        var room = DescriptionLimit - note.Length - 1;
        while (Encoding.UTF8.GetByteCount(description) > room)
        {
            description = description.Substring(0, description.Length - 1);
        }

        return new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = $"{description} {note}" };
    }

    private static JsonObject Object(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject existing)
        {
            return existing;
        }

        var created = new JsonObject();
        parent[name] = created;
        return created;
    }

    private static JsonObject Resource(string type, string? condition, JsonObject properties)
    {
        foreach (var empty in properties.Where(property => property.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0).Select(property => property.Key).ToList())
        {
            properties.Remove(empty);
        }

        var resource = new JsonObject { ["Type"] = type };
        if (condition is not null)
        {
            resource["Condition"] = condition;
        }

        resource["Properties"] = properties;
        return resource;
    }

    private static JsonObject Output(string description, JsonNode value, string? condition = null)
    {
        var output = new JsonObject { ["Description"] = description, ["Value"] = value };
        if (condition is not null)
        {
            output["Condition"] = condition;
        }

        return output;
    }

    private static JsonObject Ref(string name) => new() { ["Ref"] = name };

    private static JsonObject GetArn(string resource) => new() { ["Fn::GetAtt"] = new JsonArray(resource, "Arn") };

    /// <summary>Lets the ARNs in a value follow the partition where the stack is created.</summary>
    private static JsonNode? Portable(JsonNode? node, string partition) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, Portable(member.Value, partition)))),
        JsonArray list => new JsonArray([.. list.Select(item => Portable(item, partition))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Portable(text, partition),
        _ => node?.DeepClone(),
    };

    private static JsonNode Portable(string text, string partition)
    {
        var prefix = $"arn:{partition}:";
        return text.StartsWith(prefix, System.StringComparison.Ordinal)
            ? new JsonObject { ["Fn::Sub"] = "arn:${AWS::Partition}:" + text.Substring(prefix.Length).Replace("${", "${!") }
            : JsonValue.Create(text);
    }

    private static JsonObject WithinLimit(JsonObject template)
    {
        var length = Encoding.UTF8.GetByteCount(Yaml.Write(template));
        AwsLimits.Require(length <= BodyLimit, $"The template would have {length:N0} bytes, and CloudFormation accepts {BodyLimit:N0}: make the policies shorter.");
        return template;
    }
}
