using System.Collections.Generic;
using System.Linq;
using CloudPosture.Onboarding.Policies;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Quoting;

namespace CloudPosture.Onboarding.Templates;

/// <summary>The steps of someone who creates the role by hand in the AWS console.</summary>
internal static class ConsoleSteps
{
    public static string Write(RoleSpec role)
    {
        AwsLimits.Require(role.Path == "/", "The console cannot create a role with a path: leave the path out, or use another format.");
        return string.Concat(Steps(role).Select((step, index) => $"{index + 1}. {step}\n"));
    }

    private static IEnumerable<string> Steps(RoleSpec role)
    {
        var account = role.AccountId ?? "that is to be read";
        yield return $"Sign in to the AWS console of the account {account}, as someone who may create IAM roles, and open IAM.";
        foreach (var policy in role.CustomPolicies)
        {
            yield return $"Choose Policies, Create policy, JSON. Replace what is there by this, and choose Next:\n\n{Block(policy.Document)}";
            yield return $"As the policy's name enter {policy.Name}, and choose Create policy.";
        }

        yield return $"Choose Roles, Create role, Custom trust policy. Replace what is there by this, and choose Next:\n\n{Block(role.TrustPolicy)}";
        foreach (var policy in role.ManagedPolicies.Concat(role.CustomPolicies.Select(policy => policy.Name)))
        {
            yield return $"Search for {policy.Split('/').Last()} and tick it.";
        }

        if (role.PermissionsBoundary is { } boundary)
        {
            yield return $"Under Set permissions boundary, choose the policy {boundary}.";
        }

        yield return $"Choose Next. As the role's name enter {role.RoleName}{(role.Description.Length == 0 ? "" : $", and as its description: {role.Description}")}";
        foreach (var tag in role.Tags)
        {
            yield return $"Under Tags, add the key {tag.Key} with the value {tag.Value}.";
        }

        yield return "Choose Create role, and open the role.";
        foreach (var policy in role.InlinePolicies)
        {
            yield return $"Choose Add permissions, Create inline policy, JSON. Replace what is there by this, choose Next, and as its name enter {policy.Name}:\n\n{Block(policy.Document)}";
        }

        if (role.MaxSessionDuration != 3600)
        {
            yield return $"Choose Edit, and set the maximum session duration to {role.MaxSessionDuration} seconds.";
        }

        if (role.NeedsInstanceProfile)
        {
            var profile = ArgumentQuoter.For(Shell.Bash).Quote(role.RoleName);
            yield return $"EC2 instances can use the role through an instance profile alone, which the console makes only with a role for EC2. Open CloudShell, and run:\n\n"
                + $"    aws iam create-instance-profile --instance-profile-name={profile}\n"
                + $"    aws iam add-role-to-instance-profile --instance-profile-name={profile} --role-name={profile}\n";
        }

        yield return $"Copy the role's ARN: arn:{role.Partition}:iam::{role.AccountId ?? "<account>"}:role/{role.RoleName}{(role.ExternalId is { } id ? $", and the external ID: {id}" : "")}";
    }

    private static string Block(string json) =>
        string.Concat(PolicyText.Indent(json).Split('\n').Select(line => $"    {line}\n"));
}
