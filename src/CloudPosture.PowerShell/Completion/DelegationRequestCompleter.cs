using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the ids of the delegation requests that were sent from here.</summary>
public sealed class DelegationRequestCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        new DelegationStore().List()
            .Where(request => request.RequestId is { Length: > 0 })
            .Select(request => (request.RequestId!, $"{request.Plan?.Nickname}, {request.State}"));
}
