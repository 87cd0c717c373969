using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of the harvests in the lake that the line names.</summary>
public sealed class HarvestCompleter : PostureCompleter
{
    // The newest is the one that is wanted.
    private protected override bool IsSorted => true;

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        PostureLake.Open(LakeLocation.Of(boundParameters)).Harvests().Select(harvest => (
            harvest.HarvestId,
            FormattableString.Invariant($"{harvest.StartedAt:yyyy-MM-dd HH:mm}, {harvest.Accounts.Count} accounts, {harvest.Status}")));
}
