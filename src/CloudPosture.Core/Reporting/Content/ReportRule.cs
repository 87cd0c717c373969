using System.Collections.Generic;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>What a report tells of a rule.</summary>
public sealed record ReportRule
{
    /// <summary>The rule's id (<c>S3.BucketPublicAccessBlock</c>).</summary>
    public required string RuleId { get; init; }

    /// <summary>What should be so.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters when it is not.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The catalog's name of the service (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>Why it matters.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>How to put it right, with the braces of <see cref="Assessment.Rules.Remediation"/>.</summary>
    public Remediation Remediation { get; init; } = new(null, null);

    /// <summary>Where to read more.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>What a report tells of a rule that an assessment applies.</summary>
    /// <param name="rule">The rule.</param>
    public static ReportRule From(Rule rule) => new()
    {
        RuleId = rule.Id,
        Title = rule.Title,
        Severity = rule.Severity,
        Service = rule.Service,
        Rationale = rule.Rationale,
        Remediation = rule.Remediation,
        References = rule.References,
    };
}
