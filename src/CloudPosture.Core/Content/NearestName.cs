using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Content;

/// <summary>Finds what a person who mistyped a name may have meant.</summary>
internal static class NearestName
{
    /// <summary>The known name nearest to another; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known) =>
        known.Select(candidate => (Name: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();

    /// <summary>The same as a sentence to put after another; empty where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known) =>
        Of(name, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>Levenshtein's distance: how many letters to add, drop or change.</summary>
    private static int Distance(string first, string second)
    {
        var row = new int[second.Length + 1];
        for (var column = 0; column <= second.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= first.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= second.Length; column++)
            {
                var changed = diagonal + (first[line - 1] == second[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(changed, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[second.Length];
    }
}
