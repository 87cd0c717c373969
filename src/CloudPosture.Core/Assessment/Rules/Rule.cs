using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Assessment.Rules;

/// <summary>A rule, as its YAML file tells it, with its conditions compiled.</summary>
public sealed record Rule
{
    internal Rule(Condition? when, Condition condition, AccountNeeds needs) => (When, Condition, Needs) = (when, condition, needs);

    /// <summary>The rule's name, unique among all (<c>S3.BucketPublicAccessBlock</c>).</summary>
    public required string Id { get; init; }

    /// <summary>What should be so.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The catalog's name of the service whose harvest it needs (<c>s3</c>).</summary>
    public required string Service { get; init; }

    /// <summary>The CloudFormation types that its fields are read from: one, but for rules that hold for several kinds of resource alike.</summary>
    public required IReadOnlyList<string> ResourceTypes { get; init; }

    /// <summary>The first of <see cref="ResourceTypes"/>.</summary>
    public string ResourceType => ResourceTypes[0];

    /// <summary>What it gives findings for.</summary>
    public RuleScope Scope { get; init; }

    /// <summary>True where it gives findings in an organization's management account alone.</summary>
    public bool ManagementAccountOnly { get; init; }

    /// <summary>Why it matters.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>How to put it right.</summary>
    public Remediation Remediation { get; init; } = new(null, null);

    /// <summary>Where to read more.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The checks of other tools that ask the same, by tool (<c>prowler</c>, <c>securityHub</c>, <c>config</c>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Equivalents { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The checks of other tools that ask something akin, by tool.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Related { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Why the verdict differs from that of a check in <see cref="Equivalents"/>, by the check's id.</summary>
    public IReadOnlyDictionary<string, string> Differs { get; init; } = new Dictionary<string, string>();

    /// <summary>What may be set, with the values in force.</summary>
    public IReadOnlyList<RuleSetting> Settings { get; init; } = [];

    /// <summary>The writing calls that put it right; empty where that takes a decision.</summary>
    public IReadOnlyList<RepairCall> Repair { get; init; } = [];

    /// <summary>Words to search by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The file it came from.</summary>
    public required string File { get; init; }

    /// <summary>Every resource type the rule reads: those it assesses, and those it looks up or counts.</summary>
    public IReadOnlyCollection<string> TypesRead =>
        new HashSet<string>([.. ResourceTypes, .. Needs.Kept, .. Needs.Counts.Select(count => count.Type), .. Needs.DigestTypes], StringComparer.Ordinal);

    /// <summary>True for what stands in the place of a rule that could not be read: it is not assessed, whatever is harvested.</summary>
    public bool IsUnreadable { get; internal init; }

    internal Condition? When { get; }

    internal Condition Condition { get; init; }

    internal IReadOnlyList<FieldReference> EvidenceFields { get; init; } = [];

    internal AccountNeeds Needs { get; }
}
