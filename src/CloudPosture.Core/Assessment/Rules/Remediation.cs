using System;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Quoting;

namespace CloudPosture.Assessment.Rules;

/// <summary>How to put right what failed. Braces hold what differs: {resourceId} {resourceArn} {resourceName} {region} {accountId}.</summary>
/// <param name="PowerShell">Commands of AWS.Tools; null where there are none.</param>
/// <param name="Cli">Commands of the AWS CLI; null where there are none.</param>
public sealed record Remediation(string? PowerShell, string? Cli)
{
    /// <summary>
    /// Fills in the resource of a finding. Its name was chosen by whoever may write in the account, so it goes in as one word of the
    /// shell; where that cannot be, because it would be read as more than a name, the braces stay.
    /// </summary>
    /// <param name="finding">The finding.</param>
    /// <param name="shell">The shell that the commands of the AWS CLI are meant for; those of AWS.Tools are PowerShell's.</param>
    public Remediation For(Finding finding, Shell shell)
    {
        (string, string)[] values =
        [
            ("resourceId", finding.ResourceId),
            ("resourceArn", finding.ResourceArn),
            ("resourceName", finding.ResourceName),
            ("accountId", finding.AccountId),
            // No Region is called so; a command that needs one cannot be told it.
            ("region", finding.Region.Equals(ResourceRegion.Global, StringComparison.OrdinalIgnoreCase) ? "" : finding.Region),
        ];
        return new Remediation(
            PowerShell is null ? null : new RemediationText(PowerShell, values, Shell.PowerShell).Fill(),
            Cli is null ? null : new RemediationText(Cli, values, shell).Fill());
    }
}
