using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Text;

/// <summary>Names accounts and the like in a sentence, however many they are.</summary>
public static class SomeNames
{
    private const int Most = 10;

    /// <summary>All of them, or the first and how many more there are.</summary>
    /// <param name="names">The names.</param>
    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? FormattableString.Invariant($" and {names.Count - Most} more") : "");
}
