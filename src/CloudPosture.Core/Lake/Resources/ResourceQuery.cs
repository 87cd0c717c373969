using System.Collections.Generic;

namespace CloudPosture.Lake.Resources;

/// <summary>Which resources to read. A null member asks for all; an empty one for none.</summary>
public sealed record ResourceQuery
{
    /// <summary>One harvest; null for the latest of each account and service.</summary>
    public string? HarvestId { get; init; }

    /// <summary>Accounts, 12 digits each.</summary>
    public IReadOnlyCollection<string>? AccountIds { get; init; }

    /// <summary>The catalog's names of services.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>CloudFormation types.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Regions; <c>global</c> for resources that belong to none.</summary>
    public IReadOnlyCollection<string>? Regions { get; init; }

    /// <summary>Ids, names or ARNs.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Connections.</summary>
    public IReadOnlyCollection<string>? Connections { get; init; }
}
