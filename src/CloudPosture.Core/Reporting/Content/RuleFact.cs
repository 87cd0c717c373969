using System.Collections.Generic;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>What a report says about a rule beside its findings. All of it is text of the rule's author; what is not known is empty.</summary>
internal sealed record RuleFact
{
    public required string RuleId { get; init; }

    /// <summary>Why it matters.</summary>
    public required string Rationale { get; init; }

    /// <summary>How to put it right by AWS.Tools, whatever the resource.</summary>
    public required string PowerShell { get; init; }

    /// <summary>How to put it right by the AWS CLI, whatever the resource.</summary>
    public required string Cli { get; init; }

    /// <summary>How to put it right, with the braces of <see cref="Assessment.Rules.Remediation"/>.</summary>
    public required Remediation Remediation { get; init; }

    public required IReadOnlyList<string> References { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The ids of Prowler's checks whose verdict is the same.</summary>
    public required IReadOnlyList<string> ProwlerChecks { get; init; }

    /// <summary>The requirements it answers (<c>cis-aws-foundations-7.0.0/2.1.4</c>).</summary>
    public required IReadOnlyList<string> Requirements { get; init; }

    /// <summary>The same as people name them (<c>CIS 7.0 2.1.4; PCI DSS 4.0.1 8.3.6</c>).</summary>
    public required string RequirementText { get; init; }

    /// <summary>The same by benchmark.</summary>
    public required IReadOnlyList<(string BenchmarkId, IReadOnlyList<string> RequirementIds)> ByBenchmark { get; init; }

    /// <summary>How to put a finding right by AWS.Tools; empty where there are no such commands.</summary>
    public string PowerShellFor(Finding finding) => Remediation.PowerShellOf(finding) ?? "";

    /// <summary>How to put a finding right by the AWS CLI; empty where there are no such commands.</summary>
    public string CliFor(Finding finding) => Remediation.CliOf(finding) ?? "";

    /// <summary>How to put a finding right by AWS.Tools, or by the AWS CLI where they cannot; empty where neither can.</summary>
    public string CommandsFor(Finding finding) => PowerShell.Length > 0 ? PowerShellFor(finding) : CliFor(finding);
}
