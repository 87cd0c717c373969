using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>Makes, changes and takes away the resources of a stack, with the rights of whoever made the stack.</summary>
/// <param name="world">Where they are written.</param>
/// <param name="caller">Whose rights count; null for CloudFormation itself, in the accounts of a StackSet.</param>
/// <param name="account">The account.</param>
/// <param name="region">The stack's Region.</param>
/// <param name="stack">The stack's name.</param>
internal sealed class StackBuilder(World world, Principal? caller, SandboxAccount account, string region, string stack)
{
    /// <summary>The properties that only the making of a resource sets, the one that names it first.</summary>
    private static readonly Dictionary<string, string[]> CreateOnly = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::Role"] = ["RoleName", "Path"],
        ["AWS::IAM::ManagedPolicy"] = ["ManagedPolicyName", "Path", "Description"],
    };

    private readonly IamCalls _iam = new(world, caller, account);

    public StackResource Create(string id, string type, JsonObject properties) => type switch
    {
        "AWS::IAM::Role" => CreateRole(id, properties),
        "AWS::IAM::ManagedPolicy" => CreateManagedPolicy(id, properties),
        "AWS::IAM::Policy" => CreateInlinePolicy(id, properties),
        "AWS::IAM::InstanceProfile" => CreateInstanceProfile(id, properties),
        "AWS::CloudFormation::StackSet" => CreateStackSet(id, properties),
        _ => throw new AwsError("ValidationError", $"Template format error: Unrecognized resource types: [{type}]"),
    };

    /// <summary>Whether another resource must take the place of one, because a property differs that only the making sets.</summary>
    public static bool MustReplace(StackResource present, JsonObject properties)
    {
        if (!CreateOnly.TryGetValue(present.Type, out var names) || Array.TrueForAll(names, property => JsonNode.DeepEquals(present.Properties[property], properties[property])))
        {
            return false;
        }

        return NameOf(properties) is { } name && name == NameOf(present.Properties)
            ? throw new AwsError("ValidationError", $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {name} and update the stack again.")
            : true;
    }

    /// <summary>Gives a resource other properties in place.</summary>
    public StackResource Update(StackResource present, JsonObject properties)
    {
        if (!CreateOnly.ContainsKey(present.Type))
        {
            Delete(present);
            return Create(present.LogicalId, present.Type, properties);
        }

        if (present.Type == "AWS::IAM::Role")
        {
            UpdateRole(present.Reference, present.Properties, properties);
        }
        else
        {
            UpdateManagedPolicy(present.Reference, present.Properties, properties);
        }

        return present with { Properties = properties };
    }

    public void Delete(StackResource resource)
    {
        switch (resource.Type)
        {
            case "AWS::IAM::Role":
                SyncPolicies(resource.Reference, resource.Properties, [], isLenient: true);
                _iam.TrySend("DeleteRole", new JsonObject { ["RoleName"] = resource.Reference });
                break;
            case "AWS::IAM::ManagedPolicy":
                SyncRoles(resource.Reference, resource.Properties, []);
                DeleteVersions(resource.Reference);
                _iam.TrySend("DeletePolicy", new JsonObject { ["PolicyArn"] = resource.Reference });
                break;
            case "AWS::IAM::InstanceProfile":
                foreach (var role in Texts(resource.Properties["Roles"]))
                {
                    _iam.TrySend("RemoveRoleFromInstanceProfile", new JsonObject { ["InstanceProfileName"] = resource.Reference, ["RoleName"] = role });
                }

                _iam.TrySend("DeleteInstanceProfile", new JsonObject { ["InstanceProfileName"] = resource.Reference });
                break;
            case "AWS::IAM::Policy":
                foreach (var role in Texts(resource.Properties["Roles"]))
                {
                    _iam.TrySend("DeleteRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyName"] = resource.Properties["PolicyName"]!.DeepClone() });
                }

                break;
            default:
                world.Stacks.Sets.RemoveWhole(world, account, resource.Reference);
                break;
        }
    }

    private static string? NameOf(JsonObject properties) => (string?)(properties["RoleName"] ?? properties["ManagedPolicyName"]);

    private StackResource CreateRole(string id, JsonObject properties)
    {
        var name = (string?)properties["RoleName"] ?? Drawn(id);
        var input = Json.Pick(properties, "Path", "Description", "MaxSessionDuration", "PermissionsBoundary", "Tags");
        (input["RoleName"], input["AssumeRolePolicyDocument"]) = (name, properties["AssumeRolePolicyDocument"]?.ToJsonString());
        var role = _iam.Send("CreateRole", input)["Role"]!;
        try
        {
            SyncPolicies(name, [], properties);
        }
        catch (AwsError)
        {
            SyncPolicies(name, properties, [], isLenient: true);
            _iam.TrySend("DeleteRole", new JsonObject { ["RoleName"] = name });
            throw;
        }

        return new StackResource(id, "AWS::IAM::Role", name, new Dictionary<string, string> { ["Arn"] = (string)role["Arn"]!, ["RoleId"] = (string)role["RoleId"]! }, properties);
    }

    private void UpdateRole(string name, JsonObject from, JsonObject to)
    {
        _iam.Send("UpdateAssumeRolePolicy", new JsonObject { ["RoleName"] = name, ["PolicyDocument"] = to["AssumeRolePolicyDocument"]?.ToJsonString() });
        _iam.Send("UpdateRole", new JsonObject { ["RoleName"] = name, ["Description"] = to["Description"]?.ToString() ?? "", ["MaxSessionDuration"] = to["MaxSessionDuration"]?.DeepClone() ?? 3600 });
        SyncPolicies(name, from, to);
        if (to["PermissionsBoundary"] is { } boundary)
        {
            _iam.Send("PutRolePermissionsBoundary", new JsonObject { ["RoleName"] = name, ["PermissionsBoundary"] = boundary.DeepClone() });
        }
        else if (from["PermissionsBoundary"] is not null)
        {
            _iam.Send("DeleteRolePermissionsBoundary", new JsonObject { ["RoleName"] = name });
        }

        var gone = Keys(from["Tags"]).Except(Keys(to["Tags"])).ToList();
        if (gone.Count > 0)
        {
            _iam.Send("UntagRole", new JsonObject { ["RoleName"] = name, ["TagKeys"] = Json.Texts(gone) });
        }

        if (to["Tags"] is JsonArray { Count: > 0 } tags)
        {
            _iam.Send("TagRole", new JsonObject { ["RoleName"] = name, ["Tags"] = tags.DeepClone() });
        }
    }

    private void SyncPolicies(string role, JsonObject from, JsonObject to, bool isLenient = false)
    {
        Action<string, JsonObject> send = isLenient ? _iam.TrySend : (operation, input) => _iam.Send(operation, input);
        foreach (var arn in Texts(from["ManagedPolicyArns"]).Except(Texts(to["ManagedPolicyArns"])))
        {
            send("DetachRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyArn"] = arn });
        }

        foreach (var arn in Texts(to["ManagedPolicyArns"]).Except(Texts(from["ManagedPolicyArns"])))
        {
            send("AttachRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyArn"] = arn });
        }

        foreach (var name in InlineOf(from).Keys.Except(InlineOf(to).Keys))
        {
            send("DeleteRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyName"] = name });
        }

        foreach (var (name, document) in InlineOf(to))
        {
            send("PutRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyName"] = name, ["PolicyDocument"] = document });
        }
    }

    private StackResource CreateManagedPolicy(string id, JsonObject properties)
    {
        var input = Json.Pick(properties, "Path", "Description");
        (input["PolicyName"], input["PolicyDocument"]) = ((string?)properties["ManagedPolicyName"] ?? Drawn(id), properties["PolicyDocument"]?.ToJsonString());
        var arn = (string)_iam.Send("CreatePolicy", input)["Policy"]!["Arn"]!;
        SyncRoles(arn, [], properties);
        return new StackResource(id, "AWS::IAM::ManagedPolicy", arn, new Dictionary<string, string> { ["PolicyArn"] = arn }, properties);
    }

    private void UpdateManagedPolicy(string arn, JsonObject from, JsonObject to)
    {
        if (!JsonNode.DeepEquals(from["PolicyDocument"], to["PolicyDocument"]))
        {
            // CloudFormation keeps the default version alone, so that five are never reached.
            _iam.Send("CreatePolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["PolicyDocument"] = to["PolicyDocument"]!.ToJsonString(), ["SetAsDefault"] = true });
            DeleteVersions(arn);
        }

        SyncRoles(arn, from, to);
    }

    private void DeleteVersions(string arn)
    {
        var versions = world.FindPolicy(arn)?["PolicyVersionList"]?.AsArray().Where(version => !(bool)version!["IsDefaultVersion"]!).ToList() ?? [];
        foreach (var version in versions)
        {
            _iam.TrySend("DeletePolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = version!["VersionId"]!.DeepClone() });
        }
    }

    private void SyncRoles(string arn, JsonObject from, JsonObject to)
    {
        foreach (var role in Texts(from["Roles"]).Except(Texts(to["Roles"])))
        {
            _iam.TrySend("DetachRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyArn"] = arn });
        }

        foreach (var role in Texts(to["Roles"]).Except(Texts(from["Roles"])))
        {
            _iam.Send("AttachRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyArn"] = arn });
        }
    }

    private StackResource CreateInlinePolicy(string id, JsonObject properties)
    {
        foreach (var role in Texts(properties["Roles"]))
        {
            _iam.Send("PutRolePolicy", new JsonObject { ["RoleName"] = role, ["PolicyName"] = properties["PolicyName"]?.DeepClone(), ["PolicyDocument"] = properties["PolicyDocument"]?.ToJsonString() });
        }

        return new StackResource(id, "AWS::IAM::Policy", Drawn(id), new Dictionary<string, string>(), properties);
    }

    private StackResource CreateInstanceProfile(string id, JsonObject properties)
    {
        var input = Json.Pick(properties, "Path");
        input["InstanceProfileName"] = (string?)properties["InstanceProfileName"] ?? Drawn(id);
        var profile = _iam.Send("CreateInstanceProfile", input)["InstanceProfile"]!;
        var name = (string)profile["InstanceProfileName"]!;
        foreach (var role in Texts(properties["Roles"]))
        {
            _iam.Send("AddRoleToInstanceProfile", new JsonObject { ["InstanceProfileName"] = name, ["RoleName"] = role });
        }

        return new StackResource(id, "AWS::IAM::InstanceProfile", name, new Dictionary<string, string> { ["Arn"] = (string)profile["Arn"]! }, properties);
    }

    private StackResource CreateStackSet(string id, JsonObject properties)
    {
        foreach (var action in (string[])["cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"])
        {
            if (caller is not null && !Authorizer.MayDo(world, caller, action, isWrite: true))
            {
                throw new AwsError("AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action}", 403);
            }
        }

        var set = world.Stacks.Sets.Create(world, account, region, properties);
        foreach (var group in properties["StackInstancesGroup"]?.AsArray() ?? [])
        {
            var operation = set.Deploy(world, group!["DeploymentTargets"]!.AsObject(), Texts(group["Regions"]), properties["OperationPreferences"]?.AsObject());
            if (operation.HasFailed)
            {
                world.Stacks.Sets.RemoveWhole(world, account, set.Id);
                throw new AwsError("GeneralServiceException", $"Operation {operation.Id} failed: {operation.Reason}");
            }
        }

        return new StackResource(id, "AWS::CloudFormation::StackSet", set.Id, new Dictionary<string, string> { ["StackSetId"] = set.Id }, properties);
    }

    private string Drawn(string id) => $"{stack[..Math.Min(24, stack.Length)]}-{id[..Math.Min(24, id.Length)]}-{Mix.Letters(Mix.Hash(0, Guid.NewGuid().ToString()), 12)}";

    private static Dictionary<string, string> InlineOf(JsonObject properties) =>
        (properties["Policies"]?.AsArray() ?? []).ToDictionary(policy => (string)policy!["PolicyName"]!, policy => policy!["PolicyDocument"]!.ToJsonString(), StringComparer.Ordinal);

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(item => (string)item!)];

    private static IEnumerable<string> Keys(JsonNode? tags) => (tags?.AsArray() ?? []).Select(tag => (string)tag!["Key"]!);
}
