using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Quoting;

namespace CloudPosture.Assessment.Rules;

/// <summary>How to put right what failed. Braces hold what differs: {resourceId} {resourceArn} {resourceName} {region} {accountId}.</summary>
/// <param name="PowerShell">Commands of AWS.Tools; null where there are none.</param>
/// <param name="Cli">Commands of the AWS CLI; null where there are none.</param>
public sealed record Remediation(string? PowerShell, string? Cli)
{
    // What stands where a name would, for people who put it in.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["resourceId"] = "<resource id>",
        ["resourceArn"] = "<resource ARN>",
        ["resourceName"] = "<resource name>",
        ["accountId"] = "<account id>",
        ["region"] = "<Region>",
    };

    /// <summary>The same of no one resource: a word such as <c>&lt;resource name&gt;</c> stands for each pair of braces.</summary>
    public Remediation InWords() => Filled([], Shell.Bash, Words);

    /// <summary>
    /// The commands of AWS.Tools with the resource of a finding, for a file that others read, who know nothing of braces: where its name cannot
    /// go in, a word such as <c>&lt;resource name&gt;</c> stands instead. Null where there are none.
    /// </summary>
    /// <param name="finding">The finding.</param>
    public string? PowerShellOf(Finding finding) => Filled(PowerShell, ValuesOf(finding), Shell.PowerShell, Words);

    /// <summary>The commands of the AWS CLI likewise, for Bash.</summary>
    /// <inheritdoc cref="PowerShellOf"/>
    public string? CliOf(Finding finding) => Filled(Cli, ValuesOf(finding), Shell.Bash, Words);

    /// <summary>
    /// Fills in the resource of a finding. Its name was chosen by whoever may write in the account, so it goes in as one word of the
    /// shell; where that cannot be, because it would be read as more than a name, the braces stay.
    /// </summary>
    /// <param name="finding">The finding.</param>
    /// <param name="shell">The shell that the commands of the AWS CLI are meant for; those of AWS.Tools are PowerShell's.</param>
    public Remediation For(Finding finding, Shell shell) => Filled(ValuesOf(finding), shell, words: null);

    private static (string Name, string Value)[] ValuesOf(Finding finding) =>
    [
        ("resourceId", finding.ResourceId),
        ("resourceArn", finding.ResourceArn),
        ("resourceName", finding.ResourceName),
        ("accountId", finding.AccountId),
        // No Region is called so; a command that needs one cannot be told it.
        ("region", finding.Region.Equals(ResourceRegion.Global, StringComparison.OrdinalIgnoreCase) ? "" : finding.Region),
    ];

    private Remediation Filled((string Name, string Value)[] values, Shell shell, IReadOnlyDictionary<string, string>? words) => new(
        Filled(PowerShell, values, Shell.PowerShell, words), Filled(Cli, values, shell, words));

    private static string? Filled(string? text, (string Name, string Value)[] values, Shell shell, IReadOnlyDictionary<string, string>? words) =>
        text is null ? null : new RemediationText(text, values, shell) { Words = words }.Fill();
}
