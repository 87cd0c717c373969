using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using CloudPosture.Lake.Storage;

namespace CloudPosture.Lake.Findings;

/// <summary>When an account was assessed in a harvest, and for which services. The file <c>_assessment.json</c> beside its findings.</summary>
internal sealed record AccountAssessed
{
    public required string HarvestId { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The time, in UTC: of two assessments of a service the later one counts, whichever harvest began first.</summary>
    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>The catalog's names of the services that the findings are about; empty for all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The file of the findings, so that one which is cut or changed is noticed; null in lakes of old.</summary>
    public Segment? Findings { get; init; }

    /// <summary>How many findings there are; null in lakes of old.</summary>
    public long? Count { get; init; }

    /// <summary>The file's name of what is no finding any more and is remembered for the next assessment; null where there is none.</summary>
    public string? PastFile { get; init; }

    /// <summary>That file, so that one which is cut or changed is noticed.</summary>
    public Segment? Past { get; init; }

    /// <summary>True until the findings lie where they belong: a process that died may have left those of <see cref="Before"/> there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPending { get; init; }

    /// <summary>The assessment that is being replaced; null where there was none.</summary>
    public AccountAssessed? Before { get; init; }
}
