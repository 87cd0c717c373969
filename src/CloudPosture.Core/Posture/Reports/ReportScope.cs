using System.Collections.Generic;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;

namespace CloudPosture.Posture.Reports;

/// <summary>What a report for people tells beside its findings.</summary>
public sealed record ReportScope
{
    /// <summary>Where accounts, gaps and resources are read; null for a report of findings alone.</summary>
    public PostureLake? Lake { get; init; }

    /// <summary>One harvest; null for the latest of each account and service.</summary>
    public string? HarvestId { get; init; }

    /// <summary>True where the findings are selected ones: nothing is told of other accounts.</summary>
    public bool IsSelection { get; init; }

    /// <summary>The failures that are accepted.</summary>
    public IReadOnlyList<PostureException> Exceptions { get; init; } = [];
}
