using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Lists the calls that remove a role with what was made for it; of the company's own policies it is only detached.</summary>
internal static class RoleRemoval
{
    /// <exception cref="RoleNotRemovableException">IAM would refuse to delete the role.</exception>
    public static async Task<IReadOnlyList<RoleChange>> PlanAsync(AwsCaller iam, RoleState state, bool keepPolicies, CancellationToken cancellationToken)
    {
        RequireRemovable(state);
        var (name, roleArn) = (state.Name, state.Arn);
        var changes = new List<RoleChange>();
        foreach (var profile in state.InstanceProfiles ?? [])
        {
            var profileName = (string)profile["InstanceProfileName"]!;
            changes.Add(Change((string)profile["Arn"]!, $"Remove the role from the instance profile {profileName}", "RemoveRoleFromInstanceProfile", ("InstanceProfileName", profileName), ("RoleName", name)) with
            {
                Undo = new RoleUndo("AddRoleToInstanceProfile", Input(("InstanceProfileName", profileName), ("RoleName", name))),
            });
        }

        foreach (var arn in state.AttachedArns)
        {
            changes.Add(Change(roleArn, $"Detach the policy {NameOf(arn)}", "DetachRolePolicy", ("RoleName", name), ("PolicyArn", arn)) with
            {
                Undo = new RoleUndo("AttachRolePolicy", Input(("RoleName", name), ("PolicyArn", arn))),
            });
        }

        foreach (var policy in state.InlinePolicies)
        {
            changes.Add(Change(roleArn, $"Remove the policy {policy.Key} from the role", "DeleteRolePolicy", ("RoleName", name), ("PolicyName", policy.Key)) with
            {
                Undo = new RoleUndo("PutRolePolicy", Input(("RoleName", name), ("PolicyName", policy.Key), ("PolicyDocument", policy.Value!.ToJsonString()))),
            });
        }

        changes.Add(Change(roleArn, $"Delete the role {name}", "DeleteRole", ("RoleName", name)));
        foreach (var arn in keepPolicies ? [] : state.AttachedArns.Where(IsOfAccount))
        {
            changes.AddRange(await PolicyAsync(iam, state, arn, cancellationToken).ConfigureAwait(false));
        }

        foreach (var profile in state.InstanceProfiles ?? [])
        {
            var profileName = (string)profile["InstanceProfileName"]!;
            changes.Add(Change((string)profile["Arn"]!, $"Delete the instance profile {profileName}", "DeleteInstanceProfile", ("InstanceProfileName", profileName)));
        }

        return changes;
    }

    /// <summary>Finds out what DeleteRole would refuse, before anything is detached.</summary>
    private static void RequireRemovable(RoleState state)
    {
        if (state.Path.StartsWith("/aws-service-role/", StringComparison.Ordinal) || state.Path.StartsWith("/aws-reserved/", StringComparison.Ordinal))
        {
            throw new RoleNotRemovableException(
                $"The role '{state.Name}' was made by AWS for a service of its own ({state.Path}), and only that service removes it. Nothing was changed.",
                "Remove what uses it in that service: AWS deletes the role then.");
        }

        var strange = (state.InstanceProfiles ?? [])
            .Where(profile => !RoleOrigin.IsProfileOf(profile, state))
            .Select(profile => (string)profile["InstanceProfileName"]!).ToList();
        if (strange.Count > 0)
        {
            throw new RoleNotRemovableException(
                $"The role '{state.Name}' is in the instance profile '{string.Join("', '", strange)}', which was not made with it and which EC2 instances may use. Nothing was changed.",
                $"If no instance uses it, remove the role from the instance profile, and run it again: aws iam remove-role-from-instance-profile --instance-profile-name {strange[0]} --role-name {state.Name}");
        }
    }

    private static async Task<IEnumerable<RoleChange>> PolicyAsync(AwsCaller iam, RoleState state, string arn, CancellationToken cancellationToken)
    {
        var policy = (await iam.CallAsync("GetPolicy", Input(("PolicyArn", arn)), cancellationToken).ConfigureAwait(false))["Policy"]!;
        if (!RoleOrigin.IsPolicyOf(policy, state) || (int?)policy["AttachmentCount"] > 1 || (int?)policy["PermissionsBoundaryUsageCount"] > 0)
        {
            return [];
        }

        var versions = await iam.ListAsync("ListPolicyVersions", Input(("PolicyArn", arn)), "Versions", cancellationToken).ConfigureAwait(false);
        return versions
            .Where(version => !(bool)version["IsDefaultVersion"]!)
            .Select(version => (string)version["VersionId"]!)
            .Select(version => Change(arn, $"Delete the version {version} of the policy {NameOf(arn)}", "DeletePolicyVersion", ("PolicyArn", arn), ("VersionId", version)))
            .Append(Change(arn, $"Delete the policy {NameOf(arn)}, which nothing else uses", "DeletePolicy", ("PolicyArn", arn)));
    }

    private static RoleChange Change(string target, string action, string operation, params (string Name, string Value)[] input) =>
        new() { Target = target, Action = action, Operation = operation, Input = Input(input), IsRepair = true };

    private static JsonObject Input(params (string Name, string Value)[] members) =>
        new(members.Select(member => new KeyValuePair<string, JsonNode?>(member.Name, member.Value)));

    private static bool IsOfAccount(string arn) => arn.IndexOf(":iam::aws:", StringComparison.Ordinal) < 0;

    private static string NameOf(string arn) => arn.Substring(arn.LastIndexOf('/') + 1);
}
