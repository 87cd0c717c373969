using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Onboarding.Roles;

/// <summary>Lists the calls that remove a role and the policies that only it uses.</summary>
internal static class RoleRemoval
{
    public static async Task<IReadOnlyList<RoleChange>> PlanAsync(AwsCaller iam, RoleState state, bool keepPolicies, CancellationToken cancellationToken)
    {
        var (name, roleArn) = ((string)state.Role["RoleName"]!, (string)state.Role["Arn"]!);
        var changes = new List<RoleChange>();
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
            changes.AddRange(await PolicyAsync(iam, arn, cancellationToken).ConfigureAwait(false));
        }

        return changes;
    }

    private static async Task<IEnumerable<RoleChange>> PolicyAsync(AwsCaller iam, string arn, CancellationToken cancellationToken)
    {
        var policy = (await iam.CallAsync("GetPolicy", Input(("PolicyArn", arn)), cancellationToken).ConfigureAwait(false))["Policy"]!;
        if ((int?)policy["AttachmentCount"] > 1 || (int?)policy["PermissionsBoundaryUsageCount"] > 0)
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
