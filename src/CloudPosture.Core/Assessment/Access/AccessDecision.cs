using System.Collections.Generic;

namespace CloudPosture.Assessment.Access;

/// <summary>What policies say to a request, and by which statements.</summary>
/// <param name="Outcome">The answer.</param>
/// <param name="DecidedBy">The statements, as "policy: statement", or what is missing; empty where nothing speaks of the request.</param>
public sealed record AccessDecision(AccessOutcome Outcome, IReadOnlyList<string> DecidedBy)
{
    /// <summary>The condition keys in lower case that an unknown answer hangs on; empty for a known one.</summary>
    public IReadOnlyList<string> HangsOn { get; init; } = [];
}
