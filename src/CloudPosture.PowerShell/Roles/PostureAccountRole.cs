using CloudPosture.Onboarding.Organizations;

namespace CloudPosture.PowerShell.Roles;

/// <summary>What became of a role in one account of an organization. New-PostureConnection takes it from the pipeline.</summary>
public sealed record PostureAccountRole
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>True where the role is there.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>CloudFormation's status of the account's stack; for the management account, what became of the role.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public required string? Reason { get; init; }

    /// <summary>The organizational unit through which the account was reached; null for the management account. New-PostureConnection must not take it for the scope of an organization.</summary>
    public required string? OrganizationalUnit { get; init; }

    /// <summary>The name of the role, which New-PostureConnection takes as -MemberRole for the whole organization.</summary>
    public required string RoleName { get; init; }

    /// <summary>The ARN of the role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>What must be said to assume it; null for nothing.</summary>
    public required string? ExternalId { get; init; }

    internal static PostureAccountRole From(AccountRollout account) => new()
    {
        AccountId = account.AccountId,
        Succeeded = account.Succeeded,
        Status = account.Status,
        Reason = account.Reason,
        OrganizationalUnit = account.OrganizationalUnitId,
        RoleName = account.RoleArn.Substring(account.RoleArn.LastIndexOf('/') + 1),
        RoleArn = account.RoleArn,
        ExternalId = account.ExternalId,
    };
}
