using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Posture.Paths;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes where paths may lead.</summary>
public sealed class PathGoalCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
    [
        ("Admin", "Whoever may do everything in an account"),
        ("Data", "Buckets, databases and secrets"),
        .. PathAnalysis.DataTypesOf(ModuleFolder.Content).Select(type => (type, "Each resource of the type")),
        .. ModuleLibrary.Shipped.Rules.Rules.Select(rule => (rule.Id, "What fails: " + rule.Title)),
    ];

    /// <inheritdoc/>
    private protected override bool IsSorted => true;
}
