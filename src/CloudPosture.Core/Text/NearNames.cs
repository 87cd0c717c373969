using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Text;

/// <summary>Finds the names that a mistyped one may have meant.</summary>
public static class NearNames
{
    private const int MostOffered = 3;
    private const int MostTypos = 2;
    private const int ShortestGuessed = 3;

    /// <summary>The names that come near, the nearest first.</summary>
    /// <param name="name">The name that nothing has.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>At most three; empty where none is near enough to be meant.</returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known) =>
    [
        .. known.Select(other => (Name: other, Distance: Distance(name.ToUpperInvariant(), other.ToUpperInvariant())))
            .Where(other => other.Distance <= MostTypos || IsPart(name, other.Name))
            .OrderBy(other => other.Distance)
            .Select(other => other.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostOffered),
    ];

    /// <summary>The same as a sentence to put after another; empty where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known) =>
        Of(name, known) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";

    private static bool IsPart(string name, string other) =>
        name.Length >= ShortestGuessed
        && other.Length >= ShortestGuessed
        && (other.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf(other, StringComparison.OrdinalIgnoreCase) >= 0);

    // Levenshtein's, in two rows: the names are short and the lists too.
    private static int Distance(string left, string right)
    {
        if (Math.Min(left.Length, right.Length) < ShortestGuessed || Math.Abs(left.Length - right.Length) > MostTypos)
        {
            return Math.Max(left.Length, right.Length);
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
