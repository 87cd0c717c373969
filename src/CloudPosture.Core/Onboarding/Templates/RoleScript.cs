using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>The AWS CLI commands that create a role, in any shell.</summary>
internal static class RoleScript
{
    public static string Write(RoleSpec role, ScriptDialect dialect)
    {
        var title = $"Creates the role {role.RoleName}. Needs the AWS CLI and credentials that may create IAM roles.";
        IEnumerable<IEnumerable<string>> blocks =
        [
            dialect.Begin(title, role.AccountId),
            .. Commands(role).Select(dialect.Call),
            End(role, dialect),
        ];
        var text = string.Join(dialect.NewLine + dialect.NewLine, blocks.Select(lines => string.Join(dialect.NewLine, lines)));
        return dialect.Finish(text + dialect.NewLine);
    }

    private static IEnumerable<string> End(RoleSpec role, ScriptDialect dialect)
    {
        yield return dialect.Comment("What the reader needs to know:");
        yield return dialect.Print($"arn:{role.Partition}:iam::", $":role{role.Path}{role.RoleName}");
        if (role.ExternalId is { } externalId)
        {
            yield return dialect.Comment("External ID: " + externalId);
        }
    }

    private static IEnumerable<ScriptCommand> Commands(RoleSpec role)
    {
        foreach (var policy in role.CustomPolicies)
        {
            yield return new ScriptCommand($"The policy {policy.Name}", "create-policy",
            [
                ScriptArgument.Text("--policy-name", policy.Name),
                .. Path(role),
                .. Description(role),
                .. Tags(role),
                ScriptArgument.Json("--policy-document", policy.Document),
            ]);
        }

        yield return new ScriptCommand("The role, and who may assume it", "create-role",
        [
            ScriptArgument.Text("--role-name", role.RoleName),
            .. Path(role),
            .. Description(role),
            ScriptArgument.Text("--max-session-duration", role.MaxSessionDuration.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            .. role.PermissionsBoundary is { } boundary ? [ScriptArgument.Text("--permissions-boundary", boundary)] : Nothing,
            .. Tags(role),
            ScriptArgument.Json("--assume-role-policy-document", role.TrustPolicy),
        ]);
        foreach (var policy in role.ManagedPolicies)
        {
            yield return Attach(role, policy, ScriptArgument.Text("--policy-arn", role.ManagedPolicyArn(policy)));
        }

        foreach (var policy in role.CustomPolicies)
        {
            yield return Attach(role, policy.Name, ScriptArgument.InAccount("--policy-arn", $"arn:{role.Partition}:iam::", $":policy{role.Path}{policy.Name}"));
        }

        foreach (var policy in role.InlinePolicies)
        {
            yield return new ScriptCommand($"The role's own policy {policy.Name}", "put-role-policy",
            [
                ScriptArgument.Text("--role-name", role.RoleName),
                ScriptArgument.Text("--policy-name", policy.Name),
                ScriptArgument.Json("--policy-document", policy.Document),
            ]);
        }
    }

    private static readonly ScriptArgument[] Nothing = [];

    private static ScriptCommand Attach(RoleSpec role, string policy, ScriptArgument arn) =>
        new($"Attach {policy}", "attach-role-policy", [ScriptArgument.Text("--role-name", role.RoleName), arn]);

    private static ScriptArgument[] Path(RoleSpec role) =>
        role.Path == "/" ? Nothing : [ScriptArgument.Text("--path", role.Path)];

    private static ScriptArgument[] Description(RoleSpec role) =>
        role.Description.Length == 0 ? Nothing : [ScriptArgument.Text("--description", role.Description)];

    private static ScriptArgument[] Tags(RoleSpec role) =>
        role.Tags.Count == 0 ? Nothing : [ScriptArgument.Json("--tags", JsonSerializer.Serialize(role.Tags.Select(tag => new { tag.Key, tag.Value })))];
}
