using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies;

/// <summary>Works with several patterns at once.</summary>
internal static class Globs
{
    // What is beyond adds no new kind of request in any policy that people write.
    private const int Most = 1_500;

    /// <summary>What one of the patterns and one of the others match.</summary>
    public static IReadOnlyList<Glob> Narrow(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob> others) =>
        Distinct(patterns.SelectMany(pattern => others.SelectMany(pattern.Intersect)));

    /// <summary>The patterns, and what they and one pattern of each further list, or of several lists, match.</summary>
    public static IReadOnlyList<Glob> NarrowedInTurn(IReadOnlyList<Glob> patterns, IEnumerable<IReadOnlyList<Glob>> lists)
    {
        foreach (var list in lists)
        {
            patterns = Distinct(patterns.Concat(Narrow(patterns, list)));
        }

        return patterns;
    }

    public static IReadOnlyList<Glob> Distinct(IEnumerable<Glob> patterns) =>
        [.. patterns.GroupBy(pattern => pattern.Pattern, StringComparer.Ordinal).Select(group => group.First()).Take(Most)];
}
