using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Lake.Snapshots;

/// <summary>An account's snapshot held in memory, for rules that are tried without a lake.</summary>
public sealed record MemorySnapshot : IAccountSnapshot
{
    private readonly IReadOnlyList<Resource> _resources;
    private readonly HashSet<string> _services;

    /// <summary>Holds the given resources.</summary>
    /// <param name="services">The catalog's names of the services that were asked.</param>
    /// <param name="resources">What was read.</param>
    public MemorySnapshot(IEnumerable<string> services, IEnumerable<Resource> resources)
    {
        _services = new HashSet<string>(services, StringComparer.Ordinal);
        _resources = [.. resources];
    }

    /// <inheritdoc/>
    public required string AccountId { get; init; }

    /// <inheritdoc/>
    public string AccountName { get => field ?? AccountId; init; }

    /// <inheritdoc/>
    public string Partition { get; init; } = "aws";

    /// <inheritdoc/>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <inheritdoc/>
    public bool IsManagementAccount { get; init; }

    /// <inheritdoc/>
    public string Connection { get; init; } = "memory";

    /// <inheritdoc/>
    public string HarvestId { get; init; } = "memory";

    /// <inheritdoc/>
    public required DateTimeOffset HarvestedAt { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ReadGap> Gaps { get; init; } = [];

    /// <inheritdoc/>
    public bool WasHarvested(string service) => _services.Contains(service);

    /// <inheritdoc/>
    public string? WhyUnread(string service) => null;

    /// <inheritdoc/>
    public IEnumerable<Resource> Resources() => _resources.Select(resource => resource);
}
