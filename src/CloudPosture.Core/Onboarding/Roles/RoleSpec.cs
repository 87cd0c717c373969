using System.Collections.Generic;
using System.Linq;
using CloudPosture.Errors;
using CloudPosture.Onboarding.Policies;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role as it is to be: made through the API, or written into a template or script.</summary>
public sealed record RoleSpec
{
    /// <summary>IAM's quota of managed policies attached to a role.</summary>
    private const int MostManagedPolicies = 10;
    private const int MostTags = 50;

    /// <summary>The name, 1 to 64 characters.</summary>
    public required string RoleName { get; init; }

    /// <summary>The path, with slashes at both ends.</summary>
    public string Path { get; init; } = "/";

    /// <summary>What the role is for, at most 1,000 characters of Latin-1.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who may assume it.</summary>
    public required IReadOnlyList<TrustedPrincipal> TrustedPrincipals { get; init; }

    /// <summary>What they must say to assume it, 2 to 1,224 characters; null for nothing.</summary>
    public string? ExternalId { get; init; }

    /// <summary>True where it is meant that another account needs no external ID.</summary>
    public bool AllowNoExternalId { get; init; }

    /// <summary>Policies of AWS by name (<c>SecurityAudit</c>), or any managed policy by ARN.</summary>
    public IReadOnlyList<string> ManagedPolicies { get; init; } = [];

    /// <summary>Managed policies that are made for the role.</summary>
    public IReadOnlyList<NamedPolicy> CustomPolicies { get; init; } = [];

    /// <summary>Policies inside the role.</summary>
    public IReadOnlyList<NamedPolicy> InlinePolicies { get; init; } = [];

    /// <summary>The tags of the role and of its custom policies.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The ARN of the policy that bounds the role's permissions; null for none.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>The longest session in seconds, 3,600 to 43,200.</summary>
    public int MaxSessionDuration { get; init; } = 3600;

    /// <summary>The partition: <c>aws</c>, <c>aws-us-gov</c> or <c>aws-cn</c>.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The account the role is for; null where any will do.</summary>
    public string? AccountId { get; init; }

    /// <summary>The trust policy.</summary>
    public string TrustPolicy => TrustDocument.Render(this);

    /// <summary>Whether EC2 instances are to use the role, which they can through an instance profile alone.</summary>
    public bool NeedsInstanceProfile => TrustedPrincipals.Any(principal => principal.Value is "ec2.amazonaws.com" or "ec2.amazonaws.com.cn");

    /// <summary>What is allowed and yet worth a warning.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            if (Path.Length + RoleName.Length > 64)
            {
                yield return "The path and the name together have more than 64 characters, so the console cannot switch to the role.";
            }

            foreach (var principal in OutsidersWithoutExternalId)
            {
                yield return $"{principal.Value} can assume the role without an external ID: whoever controls it can be tricked into reading this account for others.";
            }
        }
    }

    private IEnumerable<TrustedPrincipal> OutsidersWithoutExternalId =>
        ExternalId is not null ? [] : TrustedPrincipals.Where(principal => !principal.IsService && principal.AccountId != AccountId);

    /// <summary>The ARN of a managed policy that is given by name or ARN.</summary>
    /// <param name="policy">An entry of <see cref="ManagedPolicies"/>.</param>
    /// <returns>The ARN.</returns>
    public string ManagedPolicyArn(string policy) => IsArn(policy) ? policy : $"arn:{Partition}:iam::aws:policy/{policy}";

    /// <summary>Checks the role against what AWS accepts and what is safe, before anything is called or written.</summary>
    /// <returns>This role.</returns>
    /// <exception cref="RoleSpecException">The first thing that is wrong, with the limit.</exception>
    public RoleSpec Validate()
    {
        AwsLimits.CheckName("role name", RoleName, 64);
        AwsLimits.CheckPath(Path);
        AwsLimits.CheckDescription(Description);
        AwsLimits.CheckMaxSessionDuration(MaxSessionDuration);
        if (AccountId is not null)
        {
            AwsLimits.CheckAccountId(AccountId);
        }

        CheckTrust();
        CheckPolicies();
        AwsLimits.Require(Tags.Count <= MostTags, $"A role has at most {MostTags} tags, not {Tags.Count}.");
        AwsLimits.CheckTagKeys(Tags.Keys);
        foreach (var tag in Tags)
        {
            AwsLimits.CheckTag(tag.Key, tag.Value);
        }

        return this;
    }

    /// <summary>The role as another partition needs it: its own ARNs there, and none of another one.</summary>
    /// <param name="partition">The partition where it is made.</param>
    /// <returns>The role, not yet validated.</returns>
    /// <exception cref="RoleSpecException">It names an ARN of another partition, which nothing can reach from there.</exception>
    public RoleSpec In(string partition)
    {
        var role = this with
        {
            Partition = partition,
            TrustedPrincipals = [.. TrustedPrincipals.Select(principal => principal.In(partition))],
            CustomPolicies = [.. CustomPolicies.Select(policy => policy.In(partition))],
            InlinePolicies = [.. InlinePolicies.Select(policy => policy.In(partition))],
        };
        var foreign = role.TrustedPrincipals.Select(principal => principal.Value).Concat(role.ManagedPolicies).Append(role.PermissionsBoundary ?? "")
            .FirstOrDefault(arn => PartitionPattern.Of(arn) is { } other && other != partition);
        AwsLimits.Require(foreign is null, $"'{foreign}' is of another partition than {partition}, where the role is made, and cannot be reached from there.");
        return role;
    }

    /// <summary>The ARN of a policy that is made for the role.</summary>
    internal string PolicyArn(string name, string accountId) => $"arn:{Partition}:iam::{accountId}:policy{Path}{name}";

    internal static bool IsArn(string policy) => policy.StartsWith("arn:", System.StringComparison.Ordinal);

    private void CheckTrust()
    {
        AwsLimits.Require(TrustedPrincipals.Count > 0, "The role trusts nobody: name an account, a role or a service.");
        if (ExternalId is not null)
        {
            AwsLimits.CheckExternalId(ExternalId);
        }

        var outsider = AllowNoExternalId ? null : OutsidersWithoutExternalId.FirstOrDefault();
        AwsLimits.Require(outsider is null, $"Without an external ID, {outsider?.Value} could be tricked into reading this account for others: give one.", new Advice("Give an external ID.", "ExternalIdMissing"));
        CheckLength("The trust policy", PolicyText.Measure(TrustPolicy), PolicyText.TrustPolicyLimit);
    }

    private void CheckPolicies()
    {
        var managed = ManagedPolicies.Count + CustomPolicies.Count;
        AwsLimits.Require(managed <= MostManagedPolicies, $"A role has at most {MostManagedPolicies} managed policies, not {managed}.");
        foreach (var arn in ManagedPolicies.Select(ManagedPolicyArn))
        {
            AwsLimits.CheckPolicyArn(arn);
        }

        if (PermissionsBoundary is not null)
        {
            AwsLimits.CheckBoundary(PermissionsBoundary, AccountId);
        }

        foreach (var policy in CustomPolicies)
        {
            AwsLimits.CheckName("policy name", policy.Name, 128);
            CheckLength($"The policy '{policy.Name}'", PolicyText.Measure(policy.Document), PolicyText.ManagedPolicyLimit);
        }

        foreach (var policy in InlinePolicies)
        {
            AwsLimits.CheckName("policy name", policy.Name, 128);
        }

        CheckLength("The role's inline policies together", InlinePolicies.Sum(policy => PolicyText.Measure(policy.Document)), PolicyText.InlinePoliciesLimit);
    }

    private static void CheckLength(string what, int length, int limit) =>
        AwsLimits.Require(length <= limit, $"{what} would have {length:N0} characters without white space, and IAM accepts {limit:N0}.");
}
