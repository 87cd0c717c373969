using System.Collections.Generic;
using CloudPosture.Assessment.Access;

namespace CloudPosture.Assessment.Escalation;

/// <summary>The targets of a class that one pattern fits, and who holds that pattern. Many may hold it; it is worked out once.</summary>
/// <param name="Members">The places of the targets in their class.</param>
internal sealed record TargetGroup(IReadOnlyList<int> Members)
{
    /// <summary>Who may, as far as the pattern goes, and by which method.</summary>
    public List<(Identity From, EscalationMethod Method)> Holders { get; } = [];
}
