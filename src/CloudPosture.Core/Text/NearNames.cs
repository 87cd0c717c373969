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
    private const int ShortestBeginning = 4;

    /// <summary>The names that come near, the nearest first.</summary>
    /// <param name="name">The name that nothing has.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>At most three; empty where none is near enough to be meant.</returns>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known) =>
    [
        .. known.Select(other => (Name: other, Farness: Farness(name.ToUpperInvariant(), other.ToUpperInvariant())))
            .Where(other => other.Farness is not null)
            .OrderBy(other => other.Farness)
            .Select(other => other.Name)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MostOffered),
    ];

    /// <summary>The same as a sentence to put after another; empty where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known) =>
        Of(name, known) is { Count: > 0 } near ? $" Did you mean {string.Join(" or ", near)}?" : "";

    // A mistyped name comes before the mistyped beginning of a longer one, and a name in which the other occurs comes last.
    private static int? Farness(string name, string other) =>
        Distance(name, other) is var typos && typos <= (IsShort(name, other) ? 1 : MostTypos) && (!IsShort(name, other) || name[0] == other[0]) ? 2 * typos
        : name.Length >= ShortestBeginning && other.Length > name.Length && Distance(name, other.Substring(0, name.Length)) <= 1 ? 3
        : IsPart(name, other) ? 4 + other.Length
        : null;

    private static bool IsShort(string name, string other) => Math.Min(name.Length, other.Length) < ShortestGuessed;

    private static bool IsPart(string name, string other) =>
        !IsShort(name, other)
        && (other.IndexOf(name, StringComparison.Ordinal) >= 0 || name.IndexOf(other, StringComparison.Ordinal) >= 0);

    // Levenshtein's, in two rows: the names are short and the lists too.
    private static int Distance(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0 || Math.Abs(left.Length - right.Length) > MostTypos)
        {
            return int.MaxValue;
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
