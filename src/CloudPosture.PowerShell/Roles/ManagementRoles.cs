using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>The roles of a rollout that the management account gets by itself, because a StackSet leaves it out.</summary>
/// <param name="roles">Makes them.</param>
/// <param name="hub">The role that enters the others; null for none.</param>
/// <param name="reader">The role that each account gets; null where the management account gets none.</param>
/// <param name="force">Whether what differs is repaired.</param>
internal sealed class ManagementRoles(RoleManager roles, RolePlan? hub, RolePlan? reader, bool force)
{
    /// <summary>True where the reader differs from what it should be and stays so.</summary>
    public bool IsLeftAlone => IsDrifted(reader);

    /// <summary>What is changed, the hub first: the reader's trust may name it.</summary>
    public IReadOnlyList<RoleChange> Changes => [.. new[] { hub, reader }.Where(plan => plan is not null && !IsDrifted(plan)).SelectMany(plan => plan!.Changes)];

    /// <summary>What is worth knowing of them before anything is changed.</summary>
    public IEnumerable<string> Notes => new[] { hub, reader }.SelectMany(plan => plan?.Notes ?? []);

    /// <summary>The reader as it is; null where there is none.</summary>
    public async Task<PostureRole?> PresentAsync(CancellationToken cancellationToken) =>
        reader is { Exists: true } ? await roles.GetAsync(reader.Role.RoleName, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Makes the roles and tells of the reader.</summary>
    /// <param name="present">The reader as it is; null where there is none.</param>
    /// <param name="isMade">False to change nothing, because the other accounts keep another external ID.</param>
    /// <param name="writer">Told what becomes of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was made, in words.</returns>
    public async Task<IReadOnlyList<string>> MakeAsync(PostureRole? present, bool isMade, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var made = new List<string>();
        if (hub is not null && isMade)
        {
            await MakeHubAsync(hub, made, writer, cancellationToken).ConfigureAwait(false);
        }

        if (reader is null)
        {
            return made;
        }

        if (IsLeftAlone || (!isMade && reader.Changes.Count > 0))
        {
            LeaveAlone(reader, present, writer);
            return made;
        }

        await MakeReaderAsync(reader, made, writer, cancellationToken).ConfigureAwait(false);
        return made;
    }

    private bool IsDrifted(RolePlan? plan) => plan is { HasDrift: true } && !force;

    private async Task MakeHubAsync(RolePlan plan, List<string> made, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (IsDrifted(plan))
        {
            writer.Warning($"The hub role {plan.RoleArn} differs from what it should be, and was left alone: {Differences(plan)}. Use -Force to do this.");
            return;
        }

        await roles.ApplyAsync(plan, new VerboseChanges(writer), cancellationToken).ConfigureAwait(false);
        if (plan.Changes.Count > 0)
        {
            made.Add($"the hub role {plan.RoleArn}");
        }
    }

    private async Task MakeReaderAsync(RolePlan plan, List<string> made, PipelineWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            var role = await roles.ApplyAsync(plan, new VerboseChanges(writer), cancellationToken).ConfigureAwait(false);
            writer.Output(Row(plan, role.Outcome.ToString(), null, role.ExternalId));
        }
        catch (RoleChangeException failed)
        {
            writer.Output(Row(plan, "Failed", failed.Message, null));
            if (made.Count > 0)
            {
                writer.Warning($"These were made and remain: {string.Join("; ", made)}.");
            }

            throw;
        }

        if (plan.Changes.Count > 0)
        {
            made.Add($"the role {plan.RoleArn}{(plan.Role.ExternalId is null ? "" : ", whose external ID the other accounts will get too")}");
        }
    }

    private void LeaveAlone(RolePlan plan, PostureRole? present, PipelineWriter writer)
    {
        var why = IsLeftAlone ? "It differs from what it should be, and was left alone" : "The other accounts keep another external ID, so it was left alone";
        var reason = $"{why}: {Differences(plan)}. Use -Force to do this.";
        writer.Warning($"The role {plan.RoleArn} of the management account: {reason}");
        writer.Output(Row(plan, present is null ? "Absent" : nameof(RoleOutcome.Drifted), reason, present?.ExternalId));
    }

    private static string Differences(RolePlan plan) => string.Join("; ", plan.Changes.Select(change => change.Action));

    private static PostureAccountRole Row(RolePlan plan, string status, string? reason, string? externalId) => new()
    {
        AccountId = plan.AccountId,
        Succeeded = reason is null,
        Status = status,
        Reason = reason,
        OrganizationalUnit = null,
        RoleName = plan.Role.RoleName,
        RoleArn = plan.RoleArn,
        ExternalId = externalId,
    };
}
