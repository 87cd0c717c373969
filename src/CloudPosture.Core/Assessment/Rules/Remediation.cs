namespace CloudPosture.Assessment;

/// <summary>How to put right what failed. Braces hold what differs: {resourceId} {resourceArn} {resourceName} {region} {accountId}.</summary>
/// <param name="PowerShell">Commands of AWS.Tools; null where there are none.</param>
/// <param name="Cli">Commands of the AWS CLI; null where there are none.</param>
public sealed record Remediation(string? PowerShell, string? Cli);
