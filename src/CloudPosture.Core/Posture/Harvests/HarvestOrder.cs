using System;
using System.Collections.Generic;
using CloudPosture.Connections;
using CloudPosture.Content;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Harvest;
using CloudPosture.Harvest.Events;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Posture.Rules;

namespace CloudPosture.Posture.Harvests;

/// <summary>What somebody wants harvested and assessed.</summary>
public sealed record HarvestOrder
{
    /// <summary>What can be harvested, and how.</summary>
    public required ContentSet Content { get; init; }

    /// <summary>Where to.</summary>
    public required PostureLake Lake { get; init; }

    /// <summary>The connections to read through, with the credentials and Regions that count this time.</summary>
    public required IReadOnlyList<PostureConnection> Connections { get; init; }

    /// <summary>Every connection that is kept: the accounts that they name belong to us.</summary>
    public IReadOnlyList<PostureConnection> KnownConnections { get; init; } = [];

    /// <summary>Which accounts are wanted, by id and name; null for all.</summary>
    public Func<string, string, bool>? Wants { get; init; }

    /// <summary>The catalog's names of services; null reads those that the connections ask for.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>Services that are left out of those.</summary>
    public IReadOnlyCollection<string> ExcludedServices { get; init; } = [];

    /// <summary>The catalog's names of the entries that read findings of AWS's own detectors, to be read beside the services.</summary>
    public IReadOnlyCollection<string> Providers { get; init; } = [];

    /// <summary>The events to read of every account, and nothing else, or where a harvest of events is gone on with; null reads none.</summary>
    public EventLookup? Events { get; init; }

    /// <summary>The Regions to read of every account; empty leaves them to the connections.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>The rules to assess by; null harvests alone.</summary>
    public RuleLibrary? Library { get; init; }

    /// <summary>The failures that are accepted: they are counted apart.</summary>
    public ExceptionSet Exceptions { get; init; } = ExceptionSet.Empty;

    /// <summary>The folders of rules that the next harvests of this lake are to apply too; null leaves them as they are.</summary>
    public IReadOnlyList<string>? RuleFolders { get; init; }

    /// <summary>The harvest to go on with; null begins a new one, or goes on with the one of <see cref="HarvestId"/>.</summary>
    public HarvestInfo? Resumed { get; init; }

    /// <summary>The id of the harvest; null makes one.</summary>
    public string? HarvestId { get; init; }

    /// <summary>How it is to be read: pace, age, shard, progress. Lake, targets, services, Regions and ids are filled in.</summary>
    public required HarvestRequest Manner { get; init; }
}
