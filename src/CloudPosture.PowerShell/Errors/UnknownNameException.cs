using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A name was given that nothing has. The message says where the right names are found.</summary>
internal sealed class UnknownNameException : Exception
{
    public UnknownNameException(string errorId, string name, string message)
        : base(message)
    {
        ErrorId = errorId;
        Name = name;
    }

    public string ErrorId { get; }

    public string Name { get; }

    /// <summary>Makes the exception of a name that is not in a list, with the names that come near it.</summary>
    /// <param name="kind">What is named, as an ErrorId begins (<c>Service</c>).</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="hint">How to list them.</param>
    public static UnknownNameException Among(string kind, string name, IEnumerable<string> known, string hint)
    {
        var near = known.Where(other => IsNear(name, other)).Take(3).ToList();
        var suggestion = near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "";
        return new UnknownNameException(kind + "NotFound", name, $"There is no {kind.ToLowerInvariant()} '{name}'.{suggestion} {hint}");
    }

    private static bool IsNear(string name, string other) =>
        name.Length > 2
        && (other.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0
            || name.IndexOf(other, StringComparison.OrdinalIgnoreCase) >= 0
            || Distance(name.ToUpperInvariant(), other.ToUpperInvariant()) <= 2);

    // Levenshtein's, in two rows: the names are short and the lists too.
    private static int Distance(string left, string right)
    {
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
