using System.Collections.Generic;

namespace CloudPosture.Posture.Publishing;

/// <summary>What was published of an account's Region.</summary>
public sealed record PublicationOutcome
{
    /// <summary>How many failures were imported that were not there, or said something else.</summary>
    public int Imported { get; init; }

    /// <summary>How many that were there are archived now: they pass, are accepted, or their resource is gone.</summary>
    public int Archived { get; init; }

    /// <summary>How many were there already as they are.</summary>
    public int Unchanged { get; init; }

    /// <summary>What was refused, by the id of the finding, with the reason in AWS's words.</summary>
    public IReadOnlyList<(string Id, string Reason)> Failures { get; init; } = [];
}
