using System.Collections.Generic;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Paths;

/// <summary>Where a path begins: what is come in by, or who begins.</summary>
internal sealed record PathEntry
{
    /// <summary>From where: <c>Internet</c>, a network, or somebody.</summary>
    public required string From { get; init; }

    /// <summary>Whether anybody may begin here; else it takes a place in a network or somebody's credentials.</summary>
    public required bool IsOpenToAll { get; init; }

    public required string Type { get; init; }

    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>Who acts here; null for what works with no role.</summary>
    public Identity? Identity { get; init; }

    /// <summary>What leads here, and on to the one who acts.</summary>
    public IReadOnlyList<PosturePathStep> Steps { get; init; } = [];

    /// <summary>What it hangs on that this can be come to.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    public bool IsCertain => Conditions.Count == 0;
}
