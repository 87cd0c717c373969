using System;
using System.Collections.Generic;

namespace CloudPosture.Lake;

/// <summary>When an account was assessed in a harvest, and for which services. The file <c>_assessment.json</c> beside its findings.</summary>
internal sealed record AccountAssessed
{
    public required string HarvestId { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The time, in UTC: of two assessments of a service the later one counts, whichever harvest began first.</summary>
    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>The catalog's names of the services that the findings are about; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
}
