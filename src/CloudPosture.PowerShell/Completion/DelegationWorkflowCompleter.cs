using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Delegation;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the workflow ids of the delegation requests that were sent from here.</summary>
public sealed class DelegationWorkflowCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        new DelegationStore().List()
            .Where(request => request.WorkflowId is { Length: > 0 })
            .Select(request => (request.WorkflowId!, $"{request.Plan?.Nickname}, {request.State}"));
}
