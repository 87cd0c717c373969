using System;
using System.Collections.Generic;

namespace CloudPosture.Lake.Findings;

/// <summary>Which findings to read. A null member asks for all; an empty one for none.</summary>
public sealed record FindingQuery
{
    /// <summary>One harvest; null for the latest of each account.</summary>
    public string? HarvestId { get; init; }

    /// <summary>The time, in UTC, after which no assessment counts; null for all. One harvest's are its last in any case.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Accounts, 12 digits each.</summary>
    public IReadOnlyCollection<string>? AccountIds { get; init; }

    /// <summary>Rules.</summary>
    public IReadOnlyCollection<string>? RuleIds { get; init; }

    /// <summary>Severities.</summary>
    public IReadOnlyCollection<Severity>? Severities { get; init; }

    /// <summary>Statuses.</summary>
    public IReadOnlyCollection<FindingStatus>? Statuses { get; init; }

    /// <summary>The catalog's names of services.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>The catalog's names of services whose findings are left out; empty for none.</summary>
    public IReadOnlyCollection<string> ExcludedServices { get; init; } = [];

    /// <summary>Regions; <c>global</c> for resources that belong to none.</summary>
    public IReadOnlyCollection<string>? Regions { get; init; }

    /// <summary>Resources by id, name or ARN.</summary>
    public IReadOnlyCollection<string>? Resources { get; init; }

    /// <summary>Reads what is remembered in place of findings: of each assessment what was gone, and what lies where nothing could be listed.</summary>
    internal bool IsPast { get; init; }

    /// <summary>Connections.</summary>
    public IReadOnlyCollection<string>? Connections { get; init; }
}
