using System;
using System.Collections.Generic;

namespace CloudPosture.Findings.Exceptions;

/// <summary>A failure that someone decided to live with. Every selector that is given must match; <c>*</c> and <c>?</c> are wildcards.</summary>
public sealed record PostureException
{
    /// <summary>Its name in its file: chosen, or derived from what it selects.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id; null for any.</summary>
    public string? Rule { get; init; }

    /// <summary>Benchmark and requirement (<c>cis-aws-foundations-7.0.0/2.4</c>); null for any.</summary>
    public string? Requirement { get; init; }

    /// <summary>The account, 12 digits, or its name; null for any.</summary>
    public string? Account { get; init; }

    /// <summary>The resource's ARN, id or name; null for any.</summary>
    public string? Resource { get; init; }

    /// <summary>The Region, or <c>global</c>; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>Tags that the resource must carry, all of them; empty for any.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it does not count, though it would by what is above; empty for nowhere.</summary>
    public IReadOnlyList<ExceptionScope> Unless { get; init; } = [];

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided; null where it is not written down.</summary>
    public string? By { get; init; }

    /// <summary>The ticket it was decided in; null where it is not written down.</summary>
    public string? Ticket { get; init; }

    /// <summary>The last day on which it is in force, in UTC; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it is in force at a time: through the whole of its last day, and not after.</summary>
    /// <param name="now">The time.</param>
    public bool IsInForce(DateTimeOffset now) => Until is not { } end || now < end.AddDays(1);
}
