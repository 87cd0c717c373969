using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Posture.Access;

/// <summary>The shortest way of somebody to more rights.</summary>
/// <param name="From">Who begins.</param>
/// <param name="To">The principal that can be become.</param>
/// <param name="Steps">The steps, the first first.</param>
public sealed record EscalationPath(AccessParty From, AccessParty To, IReadOnlyList<EscalationStep> Steps)
{
    /// <summary>Whether each step is known to work; else it hangs on what no harvest shows.</summary>
    public bool IsCertain => Steps.All(step => step.Conditions.Count == 0);

    /// <summary>What it hangs on; empty where it is certain.</summary>
    public IEnumerable<string> Conditions => Steps.SelectMany(step => step.Conditions).Distinct();
}
