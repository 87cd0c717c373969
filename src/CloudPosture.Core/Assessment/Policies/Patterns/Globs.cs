using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies.Patterns;

/// <summary>Works with several patterns at once.</summary>
internal static class Globs
{
    private const int Most = 1_500;
    private const int MostTogether = 32;

    /// <summary>What one of the patterns and one of the others match; not all of it where there is very much.</summary>
    public static IReadOnlyList<Glob> Narrow(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob> others, Work work)
    {
        var narrowed = new Found(work);
        narrowed.AddMeetings(patterns, others);
        return narrowed.Patterns;
    }

    /// <summary>The patterns, and what they and one pattern of each further list, or of several lists, match.</summary>
    public static IReadOnlyList<Glob> NarrowedInTurn(IReadOnlyList<Glob> patterns, IReadOnlyList<IReadOnlyList<Glob>> lists, Work work)
    {
        var found = new Found(work);
        found.Add(patterns);
        if (lists.Count > 1)
        {
            // What meets all lists at once comes first: where there is too much to find, this is what matters most.
            found.Add(patterns.Take(MostTogether).Select(pattern => InAll(pattern, lists, work)));
        }

        foreach (var list in lists)
        {
            found.AddMeetings([.. found.Patterns], list);
        }

        return found.Patterns;
    }

    public static IReadOnlyList<Glob> Distinct(IEnumerable<Glob> patterns) =>
        [.. patterns.GroupBy(pattern => pattern.Pattern, StringComparer.Ordinal).Select(group => group.First()).Take(Most)];

    // Lists of which nothing meets what is left are passed over.
    private static Glob InAll(Glob pattern, IReadOnlyList<IReadOnlyList<Glob>> lists, Work work) =>
        lists.Aggregate(pattern, (within, list) =>
            list.Any(other => work.SpendFinding(1) && other.Covers(within)) ? within
            : list.Select(other => within.Intersect(other, work)).FirstOrDefault(both => both.Count > 0) is { } met ? met[0]
            : within);

    private sealed class Found(Work work)
    {
        private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
        private readonly List<Glob> _patterns = [];

        public IReadOnlyList<Glob> Patterns => _patterns;

        public void Add(IEnumerable<Glob> patterns)
        {
            foreach (var pattern in patterns)
            {
                TryAdd(pattern);
            }
        }

        public void AddMeetings(IReadOnlyList<Glob> patterns, IReadOnlyList<Glob> others)
        {
            foreach (var pattern in patterns)
            {
                foreach (var other in others)
                {
                    if (!work.SpendFinding(0) || !pattern.Intersect(other, work).All(TryAdd))
                    {
                        return;
                    }
                }
            }
        }

        private bool TryAdd(Glob pattern)
        {
            if (_patterns.Count == Most)
            {
                work.Curtail();
                return false;
            }

            if (_texts.Add(pattern.Pattern))
            {
                _patterns.Add(pattern);
            }

            return true;
        }
    }
}
