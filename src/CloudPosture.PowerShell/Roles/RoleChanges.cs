using System.Collections.Generic;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Asks for the changes of a plan, one by one.</summary>
internal static class RoleChanges
{
    /// <summary>Whether every change may be made: half a role helps nobody, so one refusal refuses all.</summary>
    public static async Task<bool> ApproveAsync(this PipelineWriter writer, IReadOnlyList<RoleChange> changes)
    {
        var approved = true;
        foreach (var change in changes)
        {
            approved &= await writer.ShouldProcessAsync(change.Target, change.Action).ConfigureAwait(false);
        }

        return approved;
    }
}
