using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Onboarding.Roles;

namespace CloudPosture.Onboarding.Templates;

/// <summary>The AWS CLI commands that create a role, or bring it to what it should be, in any shell.</summary>
internal static class RoleScript
{
    private static readonly ScriptArgument[] Nothing = [];
    private static readonly Regex ForeignSigns = new("[^A-Za-z0-9_.@-]+", RegexOptions.CultureInvariant);

    public static string Write(RoleSpec role, ScriptDialect dialect)
    {
        var title = $"Creates the role {role.RoleName}, or brings it to what it should be when it is run again. Needs the AWS CLI and credentials that may create IAM roles.";
        IEnumerable<IEnumerable<string>> blocks =
        [
            dialect.Begin(title, role.AccountId),
            .. Blocks(role).Select(steps => steps.SelectMany(dialect.Lines)),
            End(role, dialect),
        ];
        var text = string.Join(dialect.NewLine + dialect.NewLine, blocks.Select(lines => string.Join(dialect.NewLine, lines)));
        return dialect.Finish(text + dialect.NewLine);
    }

    private static IEnumerable<string> End(RoleSpec role, ScriptDialect dialect)
    {
        var (before, after) = ($"arn:{role.Partition}:iam::", $":role{role.Path}{role.RoleName}");
        yield return dialect.Comment("What the reader needs to know:");
        yield return dialect.Print(before, after);
        if (role.ExternalId is { } externalId)
        {
            yield return dialect.Print($"External ID: {externalId}");
        }

        // Where a vendor's own account reads, or a service alone, there is nothing to connect with this product.
        if (role.TrustedPrincipals.Any(principal => !principal.IsService && !RoleOrigin.IsVendors(principal)))
        {
            yield return dialect.Comment("In CloudPosture, whoever reads runs this:");
            yield return dialect.Print($"New-PostureConnection -Name {ConnectionName(role)} -RoleArn '{before}", $"{after}'{(role.ExternalId is { } id ? $" -ExternalId '{id}'" : "")}");
        }

        foreach (var line in dialect.End())
        {
            yield return line;
        }
    }

    // Names of roles hold signs that those of connections do not, and that mean something to PowerShell.
    private static string ConnectionName(RoleSpec role) =>
        ForeignSigns.Replace(role.RoleName, "-").TrimStart('-', '_', '.', '@') is { Length: > 0 } name ? name : "role";

    /// <summary>The steps, parted by what they make. Whatever is there is looked for first, so that a script can be run again.</summary>
    private static IEnumerable<IEnumerable<ScriptStep>> Blocks(RoleSpec role)
    {
        foreach (var policy in role.CustomPolicies)
        {
            yield return Policy(role, policy);
        }

        yield return Role(role);
        foreach (var policy in role.ManagedPolicies)
        {
            yield return [Attach(role, policy, ScriptArgument.Text("--policy-arn", role.ManagedPolicyArn(policy)))];
        }

        foreach (var policy in role.CustomPolicies)
        {
            yield return [Attach(role, policy.Name, Arn(role, policy))];
        }

        foreach (var policy in role.InlinePolicies)
        {
            yield return
            [
                new ScriptCommand($"The role's own policy {policy.Name}", "put-role-policy",
                [
                    Name(role),
                    ScriptArgument.Text("--policy-name", policy.Name),
                    ScriptArgument.Json("--policy-document", policy.Document),
                ]),
            ];
        }

        if (role.NeedsInstanceProfile)
        {
            yield return InstanceProfile(role);
        }
    }

    private static IEnumerable<ScriptStep> Policy(RoleSpec role, NamedPolicy policy)
    {
        yield return new ScriptQuestion($"The policy {policy.Name}: is it there?", "version", "get-policy", [Arn(role, policy), ScriptArgument.Text("--query", "Policy.DefaultVersionId")]) { IsVersion = true };
        yield return new ScriptChoice("version", "", null,
        [
            new ScriptCommand("No: it is created.", "create-policy",
            [
                ScriptArgument.Text("--policy-name", policy.Name),
                .. Path(role),
                .. Description(role),
                .. Tags(role),
                ScriptArgument.Json("--policy-document", policy.Document),
            ]),
        ],
        [
            .. Compared(role, policy),
            new ScriptChoice("same", "True", null, [],
            [
                new ScriptCommand("No: it is replaced, and the former version goes, because IAM keeps five.", "create-policy-version", [Arn(role, policy), ScriptArgument.Flag("--set-as-default"), ScriptArgument.Json("--policy-document", policy.Document)]),
                new ScriptCommand("The former version", "delete-policy-version", [Arn(role, policy), ScriptArgument.FromVariable("--version-id", "version")]),
            ]),
            .. role.Tags.Count == 0 ? Array.Empty<ScriptStep>() : [new ScriptCommand("Its tags", "tag-policy", [Arn(role, policy), .. Tags(role)])],
        ]);
    }

    private static IEnumerable<ScriptStep> Role(RoleSpec role)
    {
        ScriptArgument[] boundary = role.PermissionsBoundary is { } policy ? [ScriptArgument.Text("--permissions-boundary", policy)] : Nothing;
        ScriptArgument[] session = [.. Description(role), ScriptArgument.Number("--max-session-duration", role.MaxSessionDuration)];
        yield return new ScriptQuestion($"The role {role.RoleName}: is it there?", "found", "get-role", [Name(role), ScriptArgument.Text("--query", "Role.Arn")]);
        yield return new ScriptChoice("found", "", null,
        [
            new ScriptCommand("No: it is created, with who may assume it.", "create-role", [Name(role), .. Path(role), .. session, .. boundary, .. Tags(role), ScriptArgument.Json("--assume-role-policy-document", role.TrustPolicy)]),
        ],
        [
            new ScriptChoice("found", $"arn:{role.Partition}:iam::", $":role{role.Path}{role.RoleName}",
            [
                new ScriptCommand("Yes: who may assume it", "update-assume-role-policy", [Name(role), ScriptArgument.Json("--policy-document", role.TrustPolicy)]),
                new ScriptCommand("What it is for, and how long a session lasts", "update-role", [Name(role), .. session]),
                .. boundary.Length == 0 ? Array.Empty<ScriptStep>() : [new ScriptCommand("What bounds its permissions", "put-role-permissions-boundary", [Name(role), .. boundary])],
                .. role.Tags.Count == 0 ? Array.Empty<ScriptStep>() : [new ScriptCommand("Its tags", "tag-role", [Name(role), .. Tags(role)])],
            ],
            [
                new ScriptStop("This account has the role ", "found", ", under another path or in another case, and IAM takes both for one name. Remove it, or have this script written for its path or for another name."),
            ]),
        ]);
    }

    /// <summary>EC2 instances can use a role through an instance profile alone.</summary>
    private static IEnumerable<ScriptStep> InstanceProfile(RoleSpec role)
    {
        var profile = ScriptArgument.Text("--instance-profile-name", role.RoleName);
        yield return new ScriptQuestion($"The instance profile {role.RoleName}, through which EC2 instances use the role: is it there?", "found", "get-instance-profile", [profile, ScriptArgument.Text("--query", "InstanceProfile.Arn")]);
        yield return new ScriptChoice("found", "", null, [new ScriptCommand("No: it is created.", "create-instance-profile", [profile, .. Path(role), .. Tags(role)])], []);
        yield return new ScriptQuestion("Which role does it hold?", "held", "get-instance-profile", [profile, ScriptArgument.Text("--query", "InstanceProfile.Roles[].RoleName")]);
        yield return new ScriptChoice("held", "", null,
        [
            new ScriptCommand("None: this one is put into it.", "add-role-to-instance-profile", [profile, Name(role)]),
        ],
        [
            new ScriptChoice("held", role.RoleName, null, [], [new ScriptStop("The instance profile of that name holds the role ", "held", ", and it can hold one alone. Remove that one, or have this script written for another name.")]),
        ]);
    }

    /// <summary>Each part of a long document is asked after where all before it are as they should be.</summary>
    private static IEnumerable<ScriptStep> Compared(RoleSpec role, NamedPolicy policy)
    {
        var questions = DocumentQuery.Of("PolicyVersion.Document", policy.Document).Select((query, index) => new ScriptQuestion(
            index == 0 ? "Yes: does it say what it should?" : "And further on?",
            "same",
            "get-policy-version",
            [Arn(role, policy), ScriptArgument.FromVariable("--version-id", "version"), ScriptArgument.Text("--query", query)]));
        return questions.Select((question, index) => index == 0 ? (ScriptStep)question : new ScriptChoice("same", "True", null, [question], []));
    }

    private static ScriptCommand Attach(RoleSpec role, string policy, ScriptArgument arn) =>
        new($"Attach {policy}", "attach-role-policy", [Name(role), arn]);

    private static ScriptArgument Name(RoleSpec role) => ScriptArgument.Text("--role-name", role.RoleName);

    private static ScriptArgument Arn(RoleSpec role, NamedPolicy policy) =>
        ScriptArgument.InAccount("--policy-arn", $"arn:{role.Partition}:iam::", $":policy{role.Path}{policy.Name}");

    private static ScriptArgument[] Path(RoleSpec role) =>
        role.Path == "/" ? Nothing : [ScriptArgument.Text("--path", role.Path)];

    private static ScriptArgument[] Description(RoleSpec role) =>
        role.Description.Length == 0 ? Nothing : [ScriptArgument.Text("--description", role.Description)];

    private static ScriptArgument[] Tags(RoleSpec role) =>
        role.Tags.Count == 0 ? Nothing : [ScriptArgument.Json("--tags", JsonSerializer.Serialize(role.Tags.Select(tag => new { tag.Key, tag.Value })))];
}
