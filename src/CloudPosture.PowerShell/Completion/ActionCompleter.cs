using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Posture.Access;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes actions of IAM.</summary>
public sealed class ActionCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        AccessAnalysis.KnownActions.Select(action => (action, action));
}
