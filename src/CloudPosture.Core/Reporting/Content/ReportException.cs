using System;

namespace CloudPosture.Reporting.Content;

/// <summary>A decision to live with failures, as a report tells of it.</summary>
public sealed record ReportException
{
    /// <summary>Its name among the exceptions.</summary>
    public required string Id { get; init; }

    /// <summary>What it covers: the rule or the requirement, with wildcards; empty for any.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The account by id or name, with wildcards; empty for any.</summary>
    public string Account { get; init; } = "";

    /// <summary>The resource by ARN, id or name, with wildcards; empty for any.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The Region; empty for any.</summary>
    public string Region { get; init; } = "";

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided; empty where it is not written down.</summary>
    public string By { get; init; } = "";

    /// <summary>The ticket; empty where it is not written down.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>The last day on which it is in force, in UTC; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many failures it covers, or would if it were in force.</summary>
    public int Findings { get; init; }
}
