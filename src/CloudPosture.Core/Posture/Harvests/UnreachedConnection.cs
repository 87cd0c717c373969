using System;
using System.Collections.Generic;
using CloudPosture.Connections;
using CloudPosture.Errors;
using CloudPosture.Harvest;

namespace CloudPosture.Posture.Harvests;

/// <summary>A connection that could not be used.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Problem">Why.</param>
/// <param name="Accounts">The accounts, 12 digits each, that nobody reads because of it; empty where it is not known to lead to any, or others lead there too.</param>
/// <param name="IsKnown">Whether it is known where the connection leads.</param>
public sealed record UnreachedConnection(PostureConnection Connection, Exception Problem, IReadOnlyList<string> Accounts, bool IsKnown)
{
    /// <summary>What to do, where the problem's message does not say it; null where it does.</summary>
    public Advice? Advice => ResumeAdvice.BeyondMessage(Problem);
}
