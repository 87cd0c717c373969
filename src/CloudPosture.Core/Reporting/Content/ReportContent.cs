using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Paths;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Reporting.Content;

/// <summary>What a report tells. What is not known stays empty, and the report leaves it out.</summary>
public sealed record ReportContent
{
    /// <summary>What the report calls itself.</summary>
    public string Title { get; init; } = "Security posture";

    /// <summary>True where the findings are those that somebody selected, so that counts and answers are of the selection.</summary>
    public bool IsSelection { get; init; }

    /// <summary>When it is made, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The accounts that were looked at, those without findings included.</summary>
    public IReadOnlyList<ReportAccount> Accounts { get; init; } = [];

    /// <summary>What is known of rules beyond their findings.</summary>
    public IReadOnlyList<ReportRule> Rules { get; init; } = [];

    /// <summary>The benchmarks to tell of.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; init; } = [];

    /// <summary>The findings, which are read once; the failures among them that are accepted have the status for it.</summary>
    public required IEnumerable<Finding> Findings { get; init; }

    /// <summary>What could not be read; read once.</summary>
    public IEnumerable<AccountGap> Gaps { get; init; } = [];

    /// <summary>The failures that are accepted, with who decided it and until when.</summary>
    public IReadOnlyList<ReportException> Exceptions { get; init; } = [];

    /// <summary>The time that <see cref="Changes"/> are told from, in UTC; null where there is nothing to compare with.</summary>
    public DateTimeOffset? ChangesSince { get; init; }

    /// <summary>What became of findings since; read once.</summary>
    public IEnumerable<ReportChange> Changes { get; init; } = [];

    /// <summary>How many findings failed at earlier times, oldest first.</summary>
    public IReadOnlyList<ReportTrendPoint> Trend { get; init; } = [];

    /// <summary>The worst paths from the Internet, worst first.</summary>
    public IReadOnlyList<PosturePath> Paths { get; init; } = [];

    /// <summary>How many resources there are; read once.</summary>
    public IEnumerable<ReportResourceCount> Resources { get; init; } = [];
}
