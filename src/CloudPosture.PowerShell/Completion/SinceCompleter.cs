using System.Collections;
using System.Collections.Generic;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes how long ago, which nobody guesses of a parameter that takes a date.</summary>
public sealed class SinceCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override bool IsSorted => true;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        [("1d", "Since yesterday; 12h and 30m are taken too, and a date as 2026-12-31"), ("7d", "Since a week ago"), ("30d", "Since 30 days ago"), ("90d", "Since 90 days ago")];
}
