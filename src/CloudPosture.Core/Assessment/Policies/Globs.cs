using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>Works with several patterns at once.</summary>
internal static class Globs
{
    // What is beyond adds no new kind of request in any policy that people write.
    private const int Most = 1_500;

    // What takes some ten milliseconds.
    private const int MostCost = 100_000;
    private const int CostOfWildcards = 25;
    private const int MostStarts = 8;

    /// <summary>What one of the patterns and one of the others match.</summary>
    public static IReadOnlyList<Glob> Narrow(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob> others) =>
        Distinct(patterns.SelectMany(pattern => others.SelectMany(pattern.Intersect)));

    /// <summary>
    /// The patterns, and what they and one pattern of each further list, or of several lists, match. What is in as many lists as can be comes first,
    /// so that it is there even where all that there is would be too much.
    /// </summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="lists">The lists.</param>
    /// <param name="work">Told where it was too much.</param>
    public static IReadOnlyList<Glob> NarrowedInTurn(IReadOnlyList<Glob> patterns, IEnumerable<IReadOnlyList<Glob>> lists, Work work)
    {
        IReadOnlyList<Glob>[] all = [.. lists];
        var left = MostCost;
        var deepest = Deepest(patterns, all, ref left);
        foreach (var list in all)
        {
            var narrowed = new List<Glob>();
            foreach (var pattern in patterns)
            {
                foreach (var other in list)
                {
                    left -= Cost(pattern, other);
                    if (left < 0)
                    {
                        work.Curtail();
                        return Distinct(deepest.Concat(patterns).Concat(narrowed));
                    }

                    narrowed.AddRange(pattern.Intersect(other));
                }
            }

            patterns = Distinct(patterns.Concat(narrowed));
            if (patterns.Count == Most)
            {
                work.Curtail();
            }
        }

        return Distinct(deepest.Concat(patterns));
    }

    private static List<Glob> Deepest(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob>[] lists, ref int left)
    {
        var deepest = new List<Glob>();
        foreach (var pattern in patterns.Take(MostStarts))
        {
            var within = pattern;
            foreach (var list in lists)
            {
                for (var i = 0; i < list.Count && left > MostCost / 2; i++)
                {
                    left -= Cost(within, list[i]);
                    if (within.Intersect(list[i]) is [var first, ..])
                    {
                        within = first;
                        break;
                    }
                }
            }

            deepest.Add(within);
        }

        return deepest;
    }

    private static int Cost(Glob pattern, Glob other) => pattern.IsLiteral || other.IsLiteral || pattern.IsApart(other) ? 1 : CostOfWildcards;

    public static IReadOnlyList<Glob> Distinct(IEnumerable<Glob> patterns) =>
        [.. patterns.GroupBy(pattern => pattern.Pattern, StringComparer.Ordinal).Select(group => group.First()).Take(Most)];
}
