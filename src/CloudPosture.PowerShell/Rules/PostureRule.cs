using System.Collections.Generic;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;

namespace CloudPosture.PowerShell.Rules;

/// <summary>A rule as the pipeline sees it: scalars alone, so that Export-Csv shows all of it.</summary>
public sealed record PostureRule
{
    private const string Separator = "; ";

    /// <summary>The rule's id (<c>S3.BucketPublicAccessBlock</c>).</summary>
    public required string RuleId { get; init; }

    /// <summary>What should be so.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters when it is not.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The catalog's name of the service (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>The CloudFormation type it looks at.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What it gives findings for.</summary>
    public required RuleScope Scope { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Rationale { get; init; }

    /// <summary>How to put it right with AWS.Tools; empty where there is no command. Braces hold what differs by resource, unless a finding was given.</summary>
    public required string RemediationPowerShell { get; init; }

    /// <summary>How to put it right with the AWS CLI; empty where there is no command. Braces hold what differs by resource, unless a finding was given.</summary>
    public required string RemediationCli { get; init; }

    /// <summary>The benchmark requirements it answers (<c>cis-aws-foundations-5.0.0/2.1.4</c>), separated by semicolons.</summary>
    public required string Benchmarks { get; init; }

    /// <summary>Prowler's checks that ask the same, separated by semicolons.</summary>
    public required string Prowler { get; init; }

    /// <summary>Security Hub's controls that ask the same, separated by semicolons.</summary>
    public required string SecurityHub { get; init; }

    /// <summary>AWS Config's managed rules that ask the same, separated by semicolons.</summary>
    public required string AwsConfig { get; init; }

    /// <summary>Words to search by, separated by semicolons.</summary>
    public required string Tags { get; init; }

    /// <summary>Where to read more, separated by semicolons.</summary>
    public required string References { get; init; }

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }

    internal static PostureRule From(Rule rule, Remediation remediation, IEnumerable<string> requirements) => new()
    {
        RuleId = rule.Id,
        Title = rule.Title,
        Severity = rule.Severity,
        Service = rule.Service,
        ResourceType = rule.ResourceType,
        Scope = rule.Scope,
        Rationale = rule.Rationale,
        RemediationPowerShell = remediation.PowerShell ?? "",
        RemediationCli = remediation.Cli ?? "",
        Benchmarks = Join(requirements),
        Prowler = Join(EquivalentsIn(rule, "prowler")),
        SecurityHub = Join(EquivalentsIn(rule, "securityHub")),
        AwsConfig = Join(EquivalentsIn(rule, "config")),
        Tags = Join(rule.Tags),
        References = Join(rule.References),
        File = rule.File,
    };

    private static IReadOnlyList<string> EquivalentsIn(Rule rule, string tool) =>
        rule.Equivalents.TryGetValue(tool, out var checks) ? checks : [];

    private static string Join(IEnumerable<string> values) => string.Join(Separator, values);
}
