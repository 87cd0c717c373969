using System.Collections.Generic;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Escalation;

namespace CloudPosture.Assessment.Paths;

/// <summary>The shortest ways onto some goals. Whoever begins as the same identity shares its way.</summary>
/// <param name="goals">The goals.</param>
/// <param name="first">For each identity that can become one of them, the first step.</param>
internal sealed class WaysOnto(HashSet<Identity> goals, IReadOnlyDictionary<Identity, Step> first)
{
    private readonly Dictionary<Identity, (Identity End, Step[] Steps)?> _known = [];

    /// <summary>The way of an entry; null where none leads there.</summary>
    public WalkEnd? Of(PathEntry entry)
    {
        if (entry.Identity is not { } identity)
        {
            return null;
        }

        if (!_known.TryGetValue(identity, out var way))
        {
            _known[identity] = way = Way(identity);
        }

        return way is var (end, steps) ? new WalkEnd(end, entry, steps) : null;
    }

    private (Identity, Step[])? Way(Identity identity)
    {
        var steps = new List<Step>();
        while (!goals.Contains(identity) && first.TryGetValue(identity, out var step))
        {
            steps.Add(step);
            identity = step.To;
        }

        return goals.Contains(identity) ? (identity, steps.ToArray()) : null;
    }
}
