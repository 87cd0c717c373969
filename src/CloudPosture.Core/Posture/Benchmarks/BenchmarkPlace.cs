using System.Collections.Generic;

namespace CloudPosture.Posture.Benchmarks;

/// <summary>A part of all accounts, for which benchmarks are answered.</summary>
public sealed record BenchmarkPlace
{
    /// <summary>All of them.</summary>
    public static readonly BenchmarkPlace Everywhere = new() { Name = "" };

    /// <summary>What it is called: the account's name, the unit's path, the Region, the organization's id; empty for all.</summary>
    public required string Name { get; init; }

    /// <summary>The account, 12 digits, where it is one; else null.</summary>
    public string? AccountId { get; init; }

    /// <summary>The Region where it is one; else null.</summary>
    public string? Region { get; init; }

    /// <summary>The accounts that lie in it; null where it is not made of accounts.</summary>
    public IReadOnlyList<string>? AccountIds { get; init; }
}
