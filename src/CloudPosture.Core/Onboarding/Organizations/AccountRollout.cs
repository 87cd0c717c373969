namespace CloudPosture.Onboarding.Organizations;

/// <summary>What became of the role in one account.</summary>
public sealed record AccountRollout
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The organizational unit through which it was reached; null for the management account.</summary>
    public string? OrganizationalUnitId { get; init; }

    /// <summary>True where the role is there.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>CloudFormation's status of the account's stack (<c>SUCCEEDED</c>, <c>FAILED</c>).</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>The ARN of the role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>What must be said to assume it; null for nothing.</summary>
    public string? ExternalId { get; init; }
}
