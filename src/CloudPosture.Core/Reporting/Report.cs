using System;
using System.Collections.Generic;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting;

/// <summary>A report that is about to be written.</summary>
internal sealed record Report
{
    /// <summary>The product's name, as formats that name a tool have it.</summary>
    public const string Tool = "CloudPosture";

    /// <summary>The product's version.</summary>
    public static string ToolVersion { get; } = typeof(Report).Assembly.GetName().Version!.ToString(3);

    /// <summary>When it is made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the findings add up to.</summary>
    public required ReportCounts Counts { get; init; }

    /// <summary>What is known of their rules.</summary>
    public required RuleFacts Rules { get; init; }

    /// <summary>The findings in the format's order; each enumeration reads them again.</summary>
    public required IEnumerable<Finding> Findings { get; init; }

    /// <summary>What is known beyond the findings; asked for by formats for people.</summary>
    public Func<ReportContent> Content { get; init; } = () => new ReportContent { CreatedAt = default, Findings = [] };

    /// <summary>How they answer the requirements of benchmarks, account by account; asked for by formats in the order by account alone, because it reads all findings.</summary>
    public Func<RequirementMatrix> Requirements { get; init; } = () => RequirementMatrix.Empty;
}
