using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Compares a role that is wanted with what is there, and lists the calls that close the gap.</summary>
internal sealed class RolePlanner
{
    /// <summary>IAM keeps at most this many versions of a managed policy.</summary>
    private const int MostVersions = 5;

    private readonly AwsCaller _iam;
    private readonly RoleSpec _role;
    private readonly string _accountId;
    private readonly List<RoleChange> _changes = [];
    private readonly List<string> _notes = [];

    private RolePlanner(AwsCaller iam, RoleSpec role, string accountId) => (_iam, _role, _accountId) = (iam, role, accountId);

    private string RoleArn => $"arn:{_role.Partition}:iam::{_accountId}:role{_role.Path}{_role.RoleName}";

    public static async Task<RolePlan> PlanAsync(AwsCaller iam, RoleSpec role, string accountId, CancellationToken cancellationToken)
    {
        var state = await RoleState.ReadAsync(iam, role.RoleName, cancellationToken).ConfigureAwait(false);
        role = WithFormerNames(role, state?.AttachedArns ?? [], accountId);
        var planner = new RolePlanner(iam, role, accountId);
        foreach (var policy in role.CustomPolicies)
        {
            await planner.PlanPolicyAsync(policy, cancellationToken).ConfigureAwait(false);
        }

        if (state is null)
        {
            planner.PlanCreation();
        }
        else
        {
            planner.PlanRepair(state);
        }

        planner.PlanAttachments(state);
        planner.PlanInlinePolicies(state);
        if (role.NeedsInstanceProfile && state?.InstanceProfiles is not { Count: > 0 })
        {
            await planner.PlanInstanceProfileAsync(isRepair: state is not null, cancellationToken).ConfigureAwait(false);
        }

        return new RolePlan { Role = role, AccountId = accountId, Exists = state is not null, Changes = planner._changes, Notes = planner._notes };
    }

    /// <summary>A role that has the policy under its former name keeps it so.</summary>
    private static RoleSpec WithFormerNames(RoleSpec role, IReadOnlyList<string> attached, string accountId) => role with
    {
        CustomPolicies = [.. role.CustomPolicies.Select(policy => policy.FormerName is { } former
            && attached.Contains(role.PolicyArn(former, accountId)) && !attached.Contains(role.PolicyArn(policy.Name, accountId))
            ? policy with { Name = former }
            : policy)],
    };

    private async Task PlanPolicyAsync(NamedPolicy policy, CancellationToken cancellationToken)
    {
        var arn = PolicyArn(policy);
        var found = await _iam.FindAsync("GetPolicy", new JsonObject { ["PolicyArn"] = arn }, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            var input = new JsonObject { ["PolicyName"] = policy.Name, ["Path"] = _role.Path, ["PolicyDocument"] = policy.Document };
            AddDescriptionAndTags(input);
            Add(arn, $"Create the policy {policy.Name}", "CreatePolicy", input, new RoleUndo("DeletePolicy", new JsonObject { ["PolicyArn"] = arn }));
            return;
        }

        var version = await _iam.CallAsync("GetPolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = (string)found["Policy"]!["DefaultVersionId"]! }, cancellationToken).ConfigureAwait(false);
        if (!PolicyComparer.Same(version["PolicyVersion"]!["Document"], policy.Document))
        {
            await PlanNewVersionAsync(policy, arn, cancellationToken).ConfigureAwait(false);
        }

        var description = (string?)found["Policy"]!["Description"] ?? "";
        if (description != _role.Description)
        {
            _notes.Add($"The policy {policy.Name} keeps its description '{description}': IAM changes none. For another, remove the role and make it again.");
        }

        PlanTags(found["Policy"]!["Tags"] as JsonArray ?? [], arn, $" of the policy {policy.Name}", "Policy", ("PolicyArn", arn));
    }

    /// <summary>EC2 hands a role to an instance through an instance profile; the console makes one of the role's name, and so do we.</summary>
    private async Task PlanInstanceProfileAsync(bool isRepair, CancellationToken cancellationToken)
    {
        var arn = $"arn:{_role.Partition}:iam::{_accountId}:instance-profile{_role.Path}{_role.RoleName}";
        var named = new JsonObject { ["InstanceProfileName"] = _role.RoleName };
        var found = await _iam.FindAsync("GetInstanceProfile", named, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            var input = new JsonObject { ["InstanceProfileName"] = _role.RoleName, ["Path"] = _role.Path };
            if (_role.Tags.Count > 0)
            {
                input["Tags"] = Tags(_role.Tags);
            }

            Add(arn, $"Create the instance profile {_role.RoleName}", "CreateInstanceProfile", input, new RoleUndo("DeleteInstanceProfile", named), isRepair);
        }

        var other = (string?)(found?["InstanceProfile"]?["Roles"] as JsonArray)?.FirstOrDefault()?["RoleName"];
        AwsLimits.Require(
            other is null,
            $"The account's instance profile '{_role.RoleName}' holds the role '{other}', and it can hold one alone: remove that one, or choose another name.");
        var member = new JsonObject { ["InstanceProfileName"] = _role.RoleName, ["RoleName"] = _role.RoleName };
        Add(arn, $"Put the role into the instance profile {_role.RoleName}", "AddRoleToInstanceProfile", member, new RoleUndo("RemoveRoleFromInstanceProfile", (JsonObject)member.DeepClone()), isRepair);
    }

    private async Task PlanNewVersionAsync(NamedPolicy policy, string arn, CancellationToken cancellationToken)
    {
        var versions = await _iam.ListAsync("ListPolicyVersions", new JsonObject { ["PolicyArn"] = arn }, "Versions", cancellationToken).ConfigureAwait(false);
        if (versions.Count >= MostVersions)
        {
            var oldest = versions.Where(version => !(bool)version["IsDefaultVersion"]!).OrderBy(version => (string?)version["CreateDate"], System.StringComparer.Ordinal).First();
            Add(arn, $"Delete the oldest version of the policy {policy.Name}", "DeletePolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["VersionId"] = (string)oldest["VersionId"]! }, undo: null, isRepair: true);
        }

        Add(arn, $"Replace what the policy {policy.Name} allows", "CreatePolicyVersion", new JsonObject { ["PolicyArn"] = arn, ["PolicyDocument"] = policy.Document, ["SetAsDefault"] = true }, undo: null, isRepair: true);
    }

    private void PlanCreation()
    {
        var input = Named();
        input["Path"] = _role.Path;
        input["AssumeRolePolicyDocument"] = _role.TrustPolicy;
        input["MaxSessionDuration"] = _role.MaxSessionDuration;
        if (_role.PermissionsBoundary is { } boundary)
        {
            input["PermissionsBoundary"] = boundary;
        }

        AddDescriptionAndTags(input);
        Add(RoleArn, $"Create the role {_role.RoleName}", "CreateRole", input, new RoleUndo("DeleteRole", Named()));
    }

    private void PlanRepair(RoleState state)
    {
        var role = state.Role;
        AwsLimits.Require(
            state.Name == _role.RoleName || !string.Equals(state.Name, _role.RoleName, System.StringComparison.OrdinalIgnoreCase),
            $"The account has the role '{state.Name}', which differs from '{_role.RoleName}' in case alone, and IAM takes both for one name: write it as it is there, choose another name, or remove the role.");
        AwsLimits.Require(
            state.Arn == RoleArn,
            $"The account has a role of that name under another path, '{(string)role["Path"]!}': give that path, choose another name, or remove the role.");
        if (!PolicyComparer.Same(role["AssumeRolePolicyDocument"], _role.TrustPolicy))
        {
            Repair("Replace the trust policy", "UpdateAssumeRolePolicy", ("PolicyDocument", _role.TrustPolicy), ("PolicyDocument", role["AssumeRolePolicyDocument"]!.ToJsonString()));
        }

        var (description, duration) = ((string?)role["Description"] ?? "", (int?)role["MaxSessionDuration"] ?? 3600);
        if (description != _role.Description || duration != _role.MaxSessionDuration)
        {
            Add(RoleArn, "Set the description and the longest session", "UpdateRole", Settings(_role.Description, _role.MaxSessionDuration), new RoleUndo("UpdateRole", Settings(description, duration)), isRepair: true);
        }

        PlanBoundary((string?)role["PermissionsBoundary"]?["PermissionsBoundaryArn"]);
        PlanTags(role["Tags"] as JsonArray ?? [], RoleArn, "", "Role", ("RoleName", _role.RoleName));
    }

    private void PlanBoundary(string? boundary)
    {
        if (boundary == _role.PermissionsBoundary)
        {
            return;
        }

        var restore = boundary is null
            ? new RoleUndo("DeleteRolePermissionsBoundary", Named())
            : new RoleUndo("PutRolePermissionsBoundary", Named("PermissionsBoundary", boundary));
        if (_role.PermissionsBoundary is { } wanted)
        {
            Add(RoleArn, "Set the permissions boundary", "PutRolePermissionsBoundary", Named("PermissionsBoundary", wanted), restore, isRepair: true);
        }
        else
        {
            Add(RoleArn, "Remove the permissions boundary", "DeleteRolePermissionsBoundary", Named(), restore, isRepair: true);
        }
    }

    /// <summary>Tags that others put there are left alone.</summary>
    private void PlanTags(JsonArray tags, string arn, string of, string kind, (string Name, string Value) entity)
    {
        // IAM keeps the case of a key and does not tell keys apart by it.
        var present = tags.ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!, System.StringComparer.OrdinalIgnoreCase);
        var missing = _role.Tags.Where(tag => !present.ContainsKey(tag.Key)).ToList();
        var differing = _role.Tags.Where(tag => present.TryGetValue(tag.Key, out var value) && value != tag.Value).ToList();
        Set(missing, new RoleUndo("Untag" + kind, With("TagKeys", new JsonArray([.. missing.Select(tag => (JsonNode)tag.Key)]))));
        Set(differing, new RoleUndo("Tag" + kind, With("Tags", Tags(differing.Select(tag => new KeyValuePair<string, string>(tag.Key, present[tag.Key]))))));

        void Set(List<KeyValuePair<string, string>> wanted, RoleUndo undo)
        {
            if (wanted.Count > 0)
            {
                Add(arn, $"Set the tags {string.Join(", ", wanted.Select(tag => tag.Key))}{of}", "Tag" + kind, With("Tags", Tags(wanted)), undo, isRepair: true);
            }
        }

        JsonObject With(string name, JsonNode value) => new() { [entity.Name] = entity.Value, [name] = value };
    }

    private void PlanAttachments(RoleState? state)
    {
        var present = state?.AttachedArns ?? [];
        string[] wanted = [.. _role.ManagedPolicies.Select(_role.ManagedPolicyArn), .. _role.CustomPolicies.Select(PolicyArn)];
        foreach (var arn in wanted.Except(present))
        {
            Add(RoleArn, $"Attach the policy {NameOf(arn)}", "AttachRolePolicy", Named("PolicyArn", arn), new RoleUndo("DetachRolePolicy", Named("PolicyArn", arn)), state is not null);
        }

        foreach (var arn in present.Except(wanted))
        {
            Add(RoleArn, $"Detach the policy {NameOf(arn)}", "DetachRolePolicy", Named("PolicyArn", arn), new RoleUndo("AttachRolePolicy", Named("PolicyArn", arn)), isRepair: true);
        }
    }

    private void PlanInlinePolicies(RoleState? state)
    {
        foreach (var policy in _role.InlinePolicies)
        {
            JsonNode? present = null;
            var exists = state?.InlinePolicies.TryGetValue(policy.Name, out present) == true;
            if (!exists || !PolicyComparer.Same(present, policy.Document))
            {
                var undo = exists ? new RoleUndo("PutRolePolicy", Inline(policy.Name, present!.ToJsonString())) : new RoleUndo("DeleteRolePolicy", Named("PolicyName", policy.Name));
                Add(RoleArn, $"Put the policy {policy.Name} into the role", "PutRolePolicy", Inline(policy.Name, policy.Document), undo, state is not null);
            }
        }

        foreach (var extra in state?.InlinePolicies.Where(policy => _role.InlinePolicies.All(wanted => wanted.Name != policy.Key)) ?? [])
        {
            Add(RoleArn, $"Remove the policy {extra.Key} from the role", "DeleteRolePolicy", Named("PolicyName", extra.Key), new RoleUndo("PutRolePolicy", Inline(extra.Key, extra.Value!.ToJsonString())), isRepair: true);
        }
    }

    private void Repair(string action, string operation, (string Name, string Value) wanted, (string Name, string Value) present) =>
        Add(RoleArn, action, operation, Named(wanted.Name, wanted.Value), new RoleUndo(operation, Named(present.Name, present.Value)), isRepair: true);

    private void Add(string target, string action, string operation, JsonObject input, RoleUndo? undo, bool isRepair = false) =>
        _changes.Add(new RoleChange { Target = target, Action = action, Operation = operation, Input = input, Undo = undo, IsRepair = isRepair });

    private JsonObject Named() => new() { ["RoleName"] = _role.RoleName };

    private JsonObject Named(string name, JsonNode value) => new() { ["RoleName"] = _role.RoleName, [name] = value };

    private JsonObject Inline(string name, string document) => new() { ["RoleName"] = _role.RoleName, ["PolicyName"] = name, ["PolicyDocument"] = document };

    private JsonObject Settings(string description, int duration) => new() { ["RoleName"] = _role.RoleName, ["Description"] = description, ["MaxSessionDuration"] = duration };

    private void AddDescriptionAndTags(JsonObject input)
    {
        if (_role.Description.Length > 0)
        {
            input["Description"] = _role.Description;
        }

        if (_role.Tags.Count > 0)
        {
            input["Tags"] = Tags(_role.Tags);
        }
    }

    private string PolicyArn(NamedPolicy policy) => _role.PolicyArn(policy.Name, _accountId);

    private static JsonArray Tags(IEnumerable<KeyValuePair<string, string>> tags) =>
        new([.. tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);

    private static string NameOf(string arn) => arn.Substring(arn.LastIndexOf('/') + 1);
}
