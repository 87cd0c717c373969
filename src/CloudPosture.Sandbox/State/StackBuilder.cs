using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Auth;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>Creates the resources of a stack in an account, with the rights of whoever created the stack.</summary>
/// <param name="world">Where they are written.</param>
/// <param name="caller">Whose rights count; null for CloudFormation itself, in the accounts of a StackSet.</param>
/// <param name="account">The account.</param>
internal sealed class StackBuilder(World world, Principal? caller, SandboxAccount account)
{
    /// <summary>Creates one.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="properties">Its properties, resolved.</param>
    /// <param name="undo">What takes it back is pushed here.</param>
    /// <returns>What Ref and the attribute Arn give.</returns>
    public (string Reference, string Arn) Create(string type, JsonObject properties, Stack<Action> undo) => type switch
    {
        "AWS::IAM::Role" => CreateRole(properties, undo),
        "AWS::IAM::ManagedPolicy" => CreatePolicy(properties, undo),
        "AWS::CloudFormation::StackSet" => CreateStackSet(properties, undo),
        _ => throw new AwsError("ValidationError", $"The sandbox does not create {type}."),
    };

    private (string Reference, string Arn) CreateRole(JsonObject properties, Stack<Action> undo)
    {
        var name = (string)properties["RoleName"]!;
        var path = (string?)properties["Path"] ?? "/";
        var arn = $"arn:aws:iam::{account.Id}:role{path}{name}";
        Demand("iam:CreateRole", arn);
        DemandBoundary((string?)properties["PermissionsBoundary"], arn);
        if (IamService.FindRole(world, world.Organization.Global(account), name) is not null)
        {
            throw new AwsError("EntityAlreadyExists", $"{name} already exists");
        }

        var role = new JsonObject
        {
            ["Path"] = path,
            ["RoleName"] = name,
            ["RoleId"] = "AROA" + Mix.Letters(Mix.Hash((ulong)world.Organization.Seed, arn), 17),
            ["Arn"] = arn,
            ["CreateDate"] = world.Now,
            ["AssumeRolePolicyDocument"] = properties["AssumeRolePolicyDocument"]!.ToJsonString(),
            ["Description"] = (string?)properties["Description"] ?? "",
            ["MaxSessionDuration"] = properties["MaxSessionDuration"]?.DeepClone() ?? 3600,
            ["InstanceProfileList"] = new JsonArray(),
            ["RolePolicyList"] = Json.List(Items(properties["Policies"], "iam:PutRolePolicy", arn).Select(policy => new JsonObject
            {
                ["PolicyName"] = (string)policy["PolicyName"]!,
                ["PolicyDocument"] = policy["PolicyDocument"]!.ToJsonString(),
            })),
            ["AttachedManagedPolicies"] = Json.List(Items(properties["ManagedPolicyArns"], "iam:AttachRolePolicy", arn).Select(policy => new JsonObject
            {
                ["PolicyName"] = ((string)policy!).Split('/')[^1],
                ["PolicyArn"] = (string)policy!,
            })),
            ["Tags"] = properties["Tags"]?.DeepClone() ?? new JsonArray(),
        };
        if ((string?)properties["PermissionsBoundary"] is { } boundary)
        {
            role["PermissionsBoundary"] = new JsonObject { ["PermissionsBoundaryType"] = "PermissionsBoundaryPolicy", ["PermissionsBoundaryArn"] = boundary };
        }

        world.Iam.PutRole(account.Id, name, role);
        undo.Push(() => world.Iam.RemoveRole(account.Id, name));
        return (name, arn);
    }

    private (string Reference, string Arn) CreatePolicy(JsonObject properties, Stack<Action> undo)
    {
        var arn = $"arn:aws:iam::{account.Id}:policy{(string?)properties["Path"] ?? "/"}{(string)properties["ManagedPolicyName"]!}";
        Demand("iam:CreatePolicy", arn);
        if (world.Iam.Policy(arn) is not null)
        {
            throw new AwsError("EntityAlreadyExists", $"{arn} already exists");
        }

        world.Iam.PutPolicy(arn, ManagedPolicies.Detail(arn, properties["PolicyDocument"]!.ToJsonString()));
        undo.Push(() => world.Iam.RemovePolicy(arn));
        return (arn, arn);
    }

    private (string Reference, string Arn) CreateStackSet(JsonObject properties, Stack<Action> undo)
    {
        var arn = $"arn:aws:cloudformation:us-east-1:{account.Id}:stackset/{(string)properties["StackSetName"]!}:{Guid.NewGuid()}";
        Demand("cloudformation:CreateStackSet", arn);
        Demand("cloudformation:CreateStackInstances", arn);
        if (!world.Stacks.ReachesOrganization || !account.IsManagement)
        {
            throw new AwsError("ValidationError", "You must enable organizations access to operate a service managed stack set");
        }

        foreach (var group in properties["StackInstancesGroup"]!.AsArray())
        {
            var units = group!["DeploymentTargets"]!["OrganizationalUnitIds"]!.AsArray().Select(unit => (string)unit!).ToHashSet(StringComparer.Ordinal);
            foreach (var member in world.Organization.Accounts.Where(member => !member.IsManagement && OrganizationsService.IsUnder(world.Organization, member, units)))
            {
                var template = new CloudFormationTemplate((string)properties["TemplateBody"]!, properties["Parameters"]?.AsArray(), member.Id, (string)group["Regions"]![0]!);
                var builder = new StackBuilder(world, null, member);
                foreach (var (name, type, resolved) in template.Resources())
                {
                    var (reference, created) = builder.Create(type, resolved, undo);
                    template.Created(name, reference, created);
                }
            }
        }

        return (arn, arn);
    }

    private IEnumerable<JsonNode> Items(JsonNode? list, string action, string arn)
    {
        if (list is not JsonArray { Count: > 0 } items)
        {
            return [];
        }

        Demand(action, arn);
        return items.Select(item => item!);
    }

    private void Demand(string action, string resource)
    {
        if (caller is not null && !Authorizer.MayDo(world, caller, action, isWrite: true))
        {
            throw new AwsError("AccessDenied", $"User: {caller.Arn} is not authorized to perform: {action} on resource: {resource}", 403);
        }
    }

    private void DemandBoundary(string? boundary, string arn)
    {
        if (caller?.RoleBoundaries is { } wanted && (boundary is null || !wanted.Contains(boundary)))
        {
            throw new AwsError("AccessDenied", $"User: {caller.Arn} is not authorized to perform: iam:CreateRole on resource: {arn} without the required permissions boundary", 403);
        }
    }
}
