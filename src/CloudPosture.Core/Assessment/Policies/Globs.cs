using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>Works with several patterns at once.</summary>
internal static class Globs
{
    // What is beyond adds no new kind of request in any policy that people write.
    private const int Most = 1_500;

    // Some ten milliseconds.
    private const int MostPairs = 4_000;
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
        var pairs = MostPairs;
        var deepest = Deepest(patterns, all, ref pairs);
        foreach (var list in all)
        {
            pairs -= patterns.Count * list.Count;
            if (pairs < 0)
            {
                work.Curtail();
                break;
            }

            patterns = Distinct(patterns.Concat(Narrow(patterns, list)));
        }

        return Distinct(deepest.Concat(patterns));
    }

    private static IReadOnlyList<Glob> Deepest(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob>[] lists, ref int pairs)
    {
        var deepest = new List<Glob>();
        foreach (var pattern in patterns.Take(MostStarts))
        {
            var within = pattern;
            foreach (var list in lists)
            {
                foreach (var other in list)
                {
                    if (--pairs < 0)
                    {
                        return deepest;
                    }

                    if (within.Intersect(other) is [var first, ..])
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

    public static IReadOnlyList<Glob> Distinct(IEnumerable<Glob> patterns) =>
        [.. patterns.GroupBy(pattern => pattern.Pattern, StringComparer.Ordinal).Select(group => group.First()).Take(Most)];
}
