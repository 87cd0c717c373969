using System;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;
using CloudPosture.Sandbox.State.Generation;

namespace CloudPosture.Sandbox.State.Iam;

/// <summary>The operations of IAM that read or change one role.</summary>
internal static class IamRoleWrites
{
    private static readonly string[] Members =
        ["Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument", "Description", "MaxSessionDuration", "PermissionsBoundary", "Tags", "RoleLastUsed"];

    public static void Register(HandlerTable table)
    {
        table["iam", "CreateRole"] = call => Locked(call, Create);
        table["iam", "GetRole"] = call => new JsonObject { ["Role"] = Json.Pick(Find(call), Members) };
        table["iam", "ListRoles"] = List;
        table["iam", "DeleteRole"] = call => Locked(call, Delete);
        Change(table, "UpdateRole", Update);
        Change(table, "UpdateAssumeRolePolicy", (call, role) => role["AssumeRolePolicyDocument"] = PolicyGrammar.Trust(call.Need("PolicyDocument"), call.World));
        Change(table, "TagRole", (call, role) => role["Tags"] = IamLimits.Tags(role["Tags"]?.AsArray(), call.Input["Tags"]?.AsArray()));
        Change(table, "UntagRole", Untag);
        Change(table, "PutRolePolicy", PutInline);
        Change(table, "DeleteRolePolicy", DeleteInline);
        Change(table, "AttachRolePolicy", Attach);
        Change(table, "DetachRolePolicy", Detach);
        Change(table, "PutRolePermissionsBoundary", (call, role) => role["PermissionsBoundary"] = Boundary(call));
        Change(table, "DeleteRolePermissionsBoundary", (_, role) => role.Remove("PermissionsBoundary"));
        Change(table, "AddRoleToInstanceProfile", IamInstanceProfiles.Add);
        Change(table, "RemoveRoleFromInstanceProfile", IamInstanceProfiles.Remove);
        table["iam", "ListInstanceProfilesForRole"] = call => Answer.Of("InstanceProfiles", IamInstanceProfiles.Of(call, Find(call)));
        table["iam", "ListRoleTags"] = call => Answer.Of("Tags", Items(Find(call), "Tags"));
        table["iam", "ListRolePolicies"] = call => Answer.Of("PolicyNames", [.. Items(Find(call), "RolePolicyList").Select(policy => policy["PolicyName"]!.DeepClone())]);
        table["iam", "GetRolePolicy"] = GetInline;
        table["iam", "ListAttachedRolePolicies"] = call => Answer.Of("AttachedPolicies", Items(Find(call), "AttachedManagedPolicies"));
    }

    private static Answer Locked(CallContext call, Func<CallContext, Answer> write)
    {
        lock (call.World.Iam.Gate)
        {
            return write(call);
        }
    }

    private static void Change(HandlerTable table, string operation, Action<CallContext, JsonObject> change) => table["iam", operation] = call => Locked(call, _ =>
    {
        var role = Find(call);
        if (call.World.Iam.Role(call.Cell.AccountId, (string)role["RoleName"]!) is not null && call.World.Iam.IsAppearing((string)role["RoleId"]!))
        {
            throw IamErrors.NoSuchRole((string)role["RoleName"]!);
        }

        change(call, role);
        call.World.Iam.PutRole(call.Cell.AccountId, (string)role["RoleName"]!, role);
        return new JsonObject();
    });

    // A copy of its own, which a change may keep.
    private static JsonObject Find(CallContext call)
    {
        var name = call.Need("RoleName");
        return IamService.FindRole(call.World, call.Global, name)?.DeepClone().AsObject() ?? throw IamErrors.NoSuchRole(name);
    }

    private static Answer Create(CallContext call)
    {
        var (account, name) = (call.Cell.AccountId, IamLimits.RoleName(call.Need("RoleName")));
        var path = IamLimits.Path(call.Text("Path"));
        var description = IamLimits.Description(call.Text("Description"));
        var role = new JsonObject
        {
            ["Path"] = path,
            ["RoleName"] = name,
            ["RoleId"] = "AROA" + Mix.Letters(Mix.Hash(0, Guid.NewGuid().ToString()), 17),
            ["Arn"] = $"arn:aws:iam::{account}:role{path}{name}",
            ["CreateDate"] = call.World.Now,
            ["AssumeRolePolicyDocument"] = PolicyGrammar.Trust(call.Need("AssumeRolePolicyDocument"), call.World),
            ["MaxSessionDuration"] = IamLimits.SessionDuration(call.Text("MaxSessionDuration")),
            ["InstanceProfileList"] = new JsonArray(),
            ["RolePolicyList"] = new JsonArray(),
            ["AttachedManagedPolicies"] = new JsonArray(),
            ["Tags"] = IamLimits.Tags(null, call.Input["Tags"]?.AsArray()),
        };
        if (description is not null)
        {
            role["Description"] = description;
        }

        if (call.Caller?.RoleBoundaries is { } wanted && !wanted.Contains(call.Text("PermissionsBoundary")))
        {
            throw new AwsError("AccessDenied", $"User: {call.Caller.Arn} is not authorized to perform: iam:CreateRole on resource: {role["Arn"]} without the required permissions boundary", 403);
        }

        if (call.Text("PermissionsBoundary") is not null)
        {
            role["PermissionsBoundary"] = Boundary(call);
        }

        if (IamService.FindRole(call.World, call.Global, name) is not null)
        {
            throw IamErrors.AlreadyExists($"Role with name {name} already exists.");
        }

        call.World.Iam.PutRole(account, name, role);
        return new JsonObject { ["Role"] = Json.Pick(role, Members) };
    }

    private static Answer List(CallContext call)
    {
        var prefix = call.Text("PathPrefix") ?? "/";
        var roles = IamService.Roles(call);
        string[] members = [.. Members.Except(["Tags", "PermissionsBoundary", "RoleLastUsed"])];
        return Answer.Of("Roles", prefix == "/"
            ? new LazyList(roles.Count, index => Json.Pick(roles[index].AsObject(), members))
            : [.. roles.Select(role => role.AsObject()).Where(role => ((string)role["Path"]!).StartsWith(prefix, StringComparison.Ordinal)).Select(role => Json.Pick(role, members))]);
    }

    private static Answer Delete(CallContext call)
    {
        var role = Find(call);
        string? obstacle = Items(role, "InstanceProfileList").Length > 0 ? "must remove roles from instance profile first."
            : Items(role, "AttachedManagedPolicies").Length > 0 ? "must detach all policies first."
            : Items(role, "RolePolicyList").Length > 0 ? "must delete policies first."
            : null;
        if (obstacle is not null)
        {
            throw IamErrors.DeleteConflict("Cannot delete entity, " + obstacle);
        }

        call.World.Iam.RemoveRole(call.Cell.AccountId, (string)role["RoleName"]!);
        return new JsonObject();
    }

    private static void Update(CallContext call, JsonObject role)
    {
        if (IamLimits.Description(call.Text("Description")) is { } description)
        {
            role["Description"] = description;
        }

        role["MaxSessionDuration"] = IamLimits.SessionDuration(call.Text("MaxSessionDuration") ?? role["MaxSessionDuration"]?.ToString());
    }

    private static void Untag(CallContext call, JsonObject role)
    {
        var keys = call.Input["TagKeys"]?.AsArray().Select(key => (string)key!).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        Keep(role, "Tags", tag => !keys.Contains((string)tag["Key"]!));
    }

    private static void PutInline(CallContext call, JsonObject role)
    {
        var name = IamLimits.PolicyName(call.Need("PolicyName"));
        var document = PolicyGrammar.Identity(call.Need("PolicyDocument"));
        Keep(role, "RolePolicyList", policy => (string?)policy["PolicyName"] != name);
        var size = Items(role, "RolePolicyList").Sum(policy => PolicyGrammar.Size((string)policy["PolicyDocument"]!));
        if (size + PolicyGrammar.Size(document) > IamLimits.InlineSize)
        {
            throw IamErrors.LimitExceeded($"Maximum policy size of {IamLimits.InlineSize} bytes exceeded for role {role["RoleName"]}");
        }

        role["RolePolicyList"]!.AsArray().Add(new JsonObject { ["PolicyName"] = name, ["PolicyDocument"] = document });
    }

    private static Answer GetInline(CallContext call)
    {
        var role = Find(call);
        var policy = Inline(call, role);
        return new JsonObject
        {
            ["RoleName"] = role["RoleName"]!.DeepClone(),
            ["PolicyName"] = policy["PolicyName"]!.DeepClone(),
            ["PolicyDocument"] = policy["PolicyDocument"]!.DeepClone(),
        };
    }

    private static void DeleteInline(CallContext call, JsonObject role)
    {
        var doomed = Inline(call, role);
        Keep(role, "RolePolicyList", policy => policy != doomed);
    }

    private static JsonNode Inline(CallContext call, JsonObject role)
    {
        var name = call.Need("PolicyName");
        return Items(role, "RolePolicyList").FirstOrDefault(policy => (string?)policy["PolicyName"] == name)
            ?? throw IamErrors.NoSuchEntity($"The role policy with name {name} cannot be found.");
    }

    private static void Attach(CallContext call, JsonObject role)
    {
        var arn = call.Need("PolicyArn");
        var name = IamPolicyWrites.NameOf(call, arn) ?? throw IamErrors.NoSuchPolicy(arn);
        if (IsAttached(role, arn))
        {
            return;
        }

        if (Items(role, "AttachedManagedPolicies").Length >= IamLimits.PoliciesPerRole)
        {
            throw IamErrors.LimitExceeded($"Cannot exceed quota for PoliciesPerRole: {IamLimits.PoliciesPerRole}");
        }

        role["AttachedManagedPolicies"]!.AsArray().Add(new JsonObject { ["PolicyName"] = name, ["PolicyArn"] = arn });
        IamPolicyWrites.CountAttachment(call, arn, 1);
    }

    private static void Detach(CallContext call, JsonObject role)
    {
        var arn = call.Need("PolicyArn");
        if (!IsAttached(role, arn))
        {
            throw IamErrors.NoSuchEntity($"Policy {arn} was not found.");
        }

        Keep(role, "AttachedManagedPolicies", policy => (string?)policy["PolicyArn"] != arn);
        IamPolicyWrites.CountAttachment(call, arn, -1);
    }

    private static JsonObject Boundary(CallContext call)
    {
        var arn = call.Need("PermissionsBoundary");
        if (arn.Length > 2048)
        {
            throw IamErrors.Constraint(arn, "permissionsBoundary", "have length less than or equal to 2048");
        }

        return IamPolicyWrites.NameOf(call, arn) is null
            ? throw IamErrors.NoSuchEntity($"Scope ARN: {arn} does not exist or is not attachable.")
            : new JsonObject { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = arn };
    }

    private static bool IsAttached(JsonObject role, string arn) => Items(role, "AttachedManagedPolicies").Any(policy => (string?)policy["PolicyArn"] == arn);

    private static JsonNode[] Items(JsonObject role, string member) => role[member] is JsonArray items ? [.. items.Select(item => item!)] : [];

    private static void Keep(JsonObject role, string member, Func<JsonNode, bool> isKept)
    {
        var kept = Items(role, member).Where(isKept).ToList();
        role[member] = Json.List(kept.Select(item => item.DeepClone()));
    }
}
