using System;

namespace CloudPosture.Lake.Findings;

/// <summary>A rule's verdict on one resource. Flat, so that Export-Csv and Group-Object work as they are.</summary>
public sealed record Finding
{
    /// <summary>Stable over harvests: 32 hexadecimal digits derived from rule, account, Region and resource.</summary>
    public required string FindingId { get; init; }

    /// <summary>The rule (<c>S3.BucketPublicAccessBlock</c>).</summary>
    public required string RuleId { get; init; }

    /// <summary>The rule's title.</summary>
    public required string Title { get; init; }

    /// <summary>The verdict.</summary>
    public required FindingStatus Status { get; init; }

    /// <summary>The rule's severity.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The catalog's name of the service (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>The CloudFormation type.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The resource's id; the account id for account-wide rules.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The resource's ARN.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>The resource's name.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public required string AccountName { get; init; }

    /// <summary>The Region, or <c>global</c>.</summary>
    public required string Region { get; init; }

    /// <summary>What decided: the field and its value, the policy statement, or what could not be read.</summary>
    public required string Evidence { get; init; }

    /// <summary>Since when this finding has had its present status, in UTC: what fails today and passed before is new today.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was last confirmed, in UTC: the time at which what it tells of was read.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>The connection the resource was read through.</summary>
    public required string Connection { get; init; }

    /// <summary>The harvest that read it; an earlier one than the finding's own where it was fresh enough.</summary>
    public required string HarvestId { get; init; }

    /// <summary>What became of it since the assessment before; null in findings of old lakes.</summary>
    public FindingChange? Change { get; init; }

    /// <summary>
    /// Since when it has its present status, in UTC. Days on which it could not be read do not end a status, and an accepted failure
    /// fails all the same; that sets it apart from <see cref="FirstSeen"/>. Null in findings of old lakes.
    /// </summary>
    public DateTimeOffset? StatusSince { get; init; }

    /// <summary>When it was first found to fail, in UTC; null where it never was.</summary>
    public DateTimeOffset? FirstFailed { get; init; }

    /// <summary>When it was last found to pass, in UTC; null where it never was.</summary>
    public DateTimeOffset? LastPassed { get; init; }

    /// <summary>Of a finding that is not assessed: what it said when it last could be, Pass or Fail; null where it never could, and of all others.</summary>
    public FindingStatus? LastVerdict { get; init; }

    /// <summary>Since when it said so, in UTC.</summary>
    public DateTimeOffset? LastVerdictSince { get; init; }

    /// <summary>The exception that accepts the failure; null where none does. Not kept in the lake: exceptions count when findings are read.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>Why the failure is accepted; null where it is not.</summary>
    public string? ExceptionReason { get; init; }

    /// <summary>
    /// The requirements of benchmarks that it answers (<c>CIS 7.0 2.4, 2.5; PCI DSS 4.0.1 8.3.6</c>), of those benchmarks that were asked
    /// for; null where nobody has looked. Not kept in the lake: benchmarks count when findings are read.
    /// </summary>
    public string? Requirements { get; init; }

    /// <summary>The detector of AWS's own that found it (<c>GuardDuty</c>); null for the verdict of a rule.</summary>
    public string? Provider { get; init; }

    /// <summary>That detector's own id or ARN of it.</summary>
    public string? NativeId { get; init; }

    /// <summary>The severity in that detector's own words or figures.</summary>
    public string? NativeSeverity { get; init; }

    /// <summary>That detector's own workflow state.</summary>
    public string? WorkflowState { get; init; }
}
