using System.Collections;
using System.Collections.Generic;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes whom somebody may want to become.</summary>
public sealed class EscalationGoalCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        [("Admin", "Whoever may do everything in an account; or give the ARN of a user or role")];
}
