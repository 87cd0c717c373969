using System;
using System.Linq;
using CloudPosture.Findings.Exceptions;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>A failure that someone decided to live with, and whether that still holds.</summary>
public sealed record PostureExceptionInfo
{
    /// <summary>Its name in its file.</summary>
    public required string ExceptionId { get; init; }

    /// <summary>Whether it is in force, and of use.</summary>
    public required ExceptionState State { get; init; }

    /// <summary>How many failures of the latest assessments it covers; one that is expired, how many fail again.</summary>
    public required int Findings { get; init; }

    /// <summary>The rule; empty for any.</summary>
    public required string Rule { get; init; }

    /// <summary>Benchmark and requirement; empty for any.</summary>
    public required string Requirement { get; init; }

    /// <summary>The account; empty for any.</summary>
    public required string Account { get; init; }

    /// <summary>The resource; empty for any.</summary>
    public required string Resource { get; init; }

    /// <summary>The Region; empty for any.</summary>
    public required string Region { get; init; }

    /// <summary>The tags that are asked for (<c>Stage=test; Owner=*</c>); empty for any.</summary>
    public required string Tags { get; init; }

    /// <summary>Where it does not count (<c>Account=111122223333, Region=eu-*; Tag:Stage=prod</c>); empty for nowhere.</summary>
    public required string Unless { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided; empty where it is not written down.</summary>
    public required string By { get; init; }

    /// <summary>The ticket; empty where it is not written down.</summary>
    public required string Ticket { get; init; }

    /// <summary>The last day in force, in UTC; null for no end.</summary>
    public required DateTime? Until { get; init; }

    /// <summary>The file it is in.</summary>
    public required string File { get; init; }

    internal static PostureExceptionInfo From(PostureException exception, ExceptionState state, int findings, string file) => new()
    {
        ExceptionId = exception.Id,
        State = state,
        Findings = findings,
        Rule = exception.Rule ?? "",
        Requirement = exception.Requirement ?? "",
        Account = exception.Account ?? "",
        Resource = exception.Resource ?? "",
        Region = exception.Region ?? "",
        Tags = string.Join("; ", exception.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")),
        Unless = string.Join("; ", exception.Unless.Select(Text)),
        Reason = exception.Reason,
        By = exception.By ?? "",
        Ticket = exception.Ticket ?? "",
        Until = exception.Until?.UtcDateTime,
        File = file,
    };

    private static string Text(ExceptionScope scope) => string.Join(", ", new[] { ("Account", scope.Account), ("Resource", scope.Resource), ("Region", scope.Region) }
        .Where(part => part.Item2 is not null).Select(part => $"{part.Item1}={part.Item2}")
        .Concat(scope.Tags.Select(tag => $"Tag:{tag.Key}={tag.Value}")));
}
