using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role and what hangs on it, as IAM tells it.</summary>
/// <param name="Role">What GetRole tells.</param>
/// <param name="AttachedArns">The managed policies.</param>
/// <param name="InlinePolicies">The role's own policies, by name.</param>
/// <param name="InstanceProfiles">The instance profiles that hold it; null where the caller may not ask.</param>
internal sealed record RoleState(JsonNode Role, IReadOnlyList<string> AttachedArns, IReadOnlyDictionary<string, JsonNode?> InlinePolicies, IReadOnlyList<JsonNode>? InstanceProfiles)
{
    public string Name => (string)Role["RoleName"]!;

    public string Arn => (string)Role["Arn"]!;

    public string Path => (string?)Role["Path"] ?? "/";

    /// <summary>Reads a role; null where there is none of that name.</summary>
    public static async Task<RoleState?> ReadAsync(AwsCaller iam, string name, CancellationToken cancellationToken)
    {
        var named = new JsonObject { ["RoleName"] = name };
        if (await iam.FindAsync("GetRole", named, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        var attached = new List<string>();
        foreach (var policy in await iam.ListAsync("ListAttachedRolePolicies", named, "AttachedPolicies", cancellationToken).ConfigureAwait(false))
        {
            attached.Add((string)policy["PolicyArn"]!);
        }

        var inline = new Dictionary<string, JsonNode?>();
        foreach (var policy in await iam.ListAsync("ListRolePolicies", named, "PolicyNames", cancellationToken).ConfigureAwait(false))
        {
            var document = await iam.CallAsync("GetRolePolicy", new JsonObject { ["RoleName"] = name, ["PolicyName"] = (string)policy! }, cancellationToken).ConfigureAwait(false);
            inline.Add((string)policy!, document["PolicyDocument"]);
        }

        return new RoleState(found["Role"]!, attached, inline, await ProfilesAsync(iam, named, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<JsonNode>?> ProfilesAsync(AwsCaller iam, JsonObject named, CancellationToken cancellationToken)
    {
        try
        {
            return await iam.ListAsync("ListInstanceProfilesForRole", named, "InstanceProfiles", cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.AccessDenied)
        {
            return null;
        }
    }
}
