using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>Looks for one choice of each kind that together escape every Deny: always the Deny first that the fewest choices escape.</summary>
internal sealed class EscapeSearch(IReadOnlyList<StatementBits>[] kinds, Work work)
{
    private readonly bool[] _chosen = new bool[kinds.Length];

    /// <summary>Whether the statements can all be escaped.</summary>
    public bool Escapes(StatementBits remaining)
    {
        if (remaining.IsEmpty)
        {
            return true;
        }

        if (Hardest(remaining) is not { } deny)
        {
            return false;
        }

        for (var kind = 0; kind < kinds.Length; kind++)
        {
            if (_chosen[kind])
            {
                continue;
            }

            foreach (var choice in kinds[kind])
            {
                if (!choice[deny] || !work.Spend(1))
                {
                    continue;
                }

                _chosen[kind] = true;
                if (Escapes(remaining.Except(choice)))
                {
                    return true;
                }

                _chosen[kind] = false;
            }
        }

        return false;
    }

    // Null where one of them cannot be escaped at all.
    private int? Hardest(StatementBits remaining)
    {
        var (hardest, fewest) = (-1, int.MaxValue);
        foreach (var deny in remaining.Places())
        {
            var ways = WaysOut(deny);
            if (ways == 0 || work.IsSpent)
            {
                return null;
            }

            (hardest, fewest) = ways < fewest ? (deny, ways) : (hardest, fewest);
        }

        return hardest;
    }

    private int WaysOut(int deny)
    {
        var ways = 0;
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            if (!_chosen[kind])
            {
                work.Spend(kinds[kind].Count / 8);
                foreach (var choice in kinds[kind])
                {
                    ways += choice[deny] ? 1 : 0;
                }
            }
        }

        return ways;
    }
}
