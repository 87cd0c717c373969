using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Content.Catalog;

/// <summary>How one service is harvested.</summary>
public sealed record ServiceEntry
{
    /// <summary>The catalog's name (<c>s3</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The service whose API it speaks: its own name, but for the entries of <see cref="Provider"/>s.</summary>
    public string Model { get => field ?? Name; init; }

    /// <summary>The detector of AWS's own whose findings the entry reads (<c>GuardDuty</c>); null for a service's configuration. Read only where it is asked for.</summary>
    public string? Provider { get; init; }

    /// <summary>True for what reads an account's events, which tell what people and programs did: read only where it is asked for, in a harvest of its own.</summary>
    public bool IsOfEvents { get; init; }

    /// <summary>The service's full name.</summary>
    public required string Title { get; init; }

    /// <summary>The prefix of its IAM actions.</summary>
    public required string IamPrefix { get; init; }

    /// <summary>True where the service is asked once an account, in the partition's home Region.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>How long a harvest of this service counts as fresh.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>The documented request rates by operation class, an account and Region.</summary>
    public required IReadOnlyList<RateEntry> Rates { get; init; }

    /// <summary>The resource types, in the order they are harvested. A type may occur more than once.</summary>
    public required IReadOnlyList<ResourceEntry> Resources { get; init; }

    /// <summary>What other tools check here and no rule answers.</summary>
    public CheckCoverage Coverage { get; init; } = new(new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>Actions, by full name, that AWS's published list does not hold yet, as somebody who knows them calls them.</summary>
    public IReadOnlyDictionary<string, ReadingLevel> NewActions { get; init; } = new Dictionary<string, ReadingLevel>();

    /// <summary>Every IAM action the entry needs, sorted and without repetition.</summary>
    public IReadOnlyList<string> Actions =>
        [.. Resources.SelectMany(resource => resource.Operations)
            .Select(ActionOf)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(action => action, StringComparer.Ordinal)];

    /// <summary>Every API operation the entry may call, sorted and without repetition.</summary>
    public IReadOnlyList<string> Operations =>
        [.. Resources.SelectMany(resource => resource.Operations)
            .Select(call => call.Operation)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(operation => operation, StringComparer.Ordinal)];

    /// <summary>The rate that governs an operation.</summary>
    /// <param name="operation">The operation's official name.</param>
    /// <returns>The first class that names it, else the one for all others.</returns>
    public RateEntry RateOf(string operation) =>
        Rates.FirstOrDefault(rate => rate.Covers(operation)) ?? Rates[Rates.Count - 1];

    /// <summary>How many seconds the rates alone take where each list of a Region is asked once.</summary>
    internal double SecondsOfListing => Resources
        .Select(resource => resource.Operations.First().Operation)
        .Distinct(StringComparer.Ordinal)
        .GroupBy(RateOf)
        .Max(lists => (lists.Key.PerOperation ? 1 : lists.Count()) / lists.Key.Refill);

    internal string ActionOf(OperationEntry call) => call.Action ?? IamPrefix + ":" + call.Operation;
}
