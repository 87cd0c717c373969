using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Makes the role that reads an account, or brings one that is there to what it should be.</summary>
[Cmdlet(VerbsCommon.New, "PostureRole", SupportsShouldProcess = true)]
[OutputType(typeof(PostureRoleInfo))]
public sealed class NewPostureRoleCommand : NewRoleCmdlet
{
    /// <summary>Which of the product's roles.</summary>
    [Parameter]
    [Choice(typeof(RolePart))]
    public RolePart Part { get; set; }

    /// <summary>For a hub: the name of the role that it enters in each account.</summary>
    [Parameter]
    public string? ReaderRoleName { get; set; }

    /// <summary>For a hub: the path of that role.</summary>
    [Parameter]
    public string? ReaderRolePath { get; set; }

    /// <summary>The account that the credentials must be of.</summary>
    [Parameter]
    public string? AccountId { get; set; }

    /// <summary>Does not wait until the role can be assumed.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override RolePart WantedPart => Part;

    private protected override string? WantedAccountId => AccountId;

    private protected override string? WantedReaderName => ReaderRoleName;

    private protected override string? WantedReaderPath => ReaderRolePath;

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var role = WantedRole(writer);
        return WithRolesAsync(writer, roles => MakeAsync(role, roles, writer, cancellationToken), cancellationToken);
    }

    private async Task MakeAsync(RoleSpec role, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var plan = await roles.PlanAsync(await WithPresentExternalIdAsync(role, roles, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await roles.DemandPrincipalsAsync(plan.Role, plan.AccountId, coming: null, cancellationToken).ConfigureAwait(false);
        foreach (var note in plan.Notes)
        {
            writer.Warning(note);
        }

        if (plan.HasDrift && !Force)
        {
            await ReportDriftAsync(plan, roles, writer, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!await writer.ApproveAsync(plan.Changes).ConfigureAwait(false))
        {
            return;
        }

        var made = await roles.ApplyAsync(plan, new VerboseChanges(writer), cancellationToken).ConfigureAwait(false);
        if (plan.Changes.Count == 0)
        {
            writer.Verbose($"The role {made.RoleArn} is as it should be: nothing was changed.");
        }

        writer.Output(PostureRoleInfo.From(made.Outcome is RoleOutcome.Created or RoleOutcome.Repaired && !NoWait
            ? made with { Assumable = await WaitAsync(plan, roles, writer, cancellationToken).ConfigureAwait(false) }
            : made));
    }

    /// <summary>A second run without -ExternalId keeps the one that the first run generated.</summary>
    private async Task<RoleSpec> WithPresentExternalIdAsync(RoleSpec role, RoleManager roles, CancellationToken cancellationToken) =>
        ExternalId is null && role.ExternalId is not null && await roles.GetAsync(role.RoleName, cancellationToken).ConfigureAwait(false) is { ExternalId: { } present }
            ? role with { ExternalId = present }
            : role;

    private static async Task ReportDriftAsync(RolePlan plan, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var changes = plan.Changes.Select(change => change.Action).ToList();
        writer.Warning($"{(plan.Exists ? $"The role {plan.RoleArn}" : "A policy of the role")} differs from what it should be, and was left alone: {string.Join("; ", changes)}. Use -Force to do this.");
        if (await roles.GetAsync(plan.Role.RoleName, cancellationToken).ConfigureAwait(false) is { } present)
        {
            writer.Output(PostureRoleInfo.From(present with { Outcome = RoleOutcome.Drifted, Changes = changes }));
        }
    }

    private static async Task<bool?> WaitAsync(RolePlan plan, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var assumable = await roles.WaitUntilAssumableAsync(plan, cancellationToken).ConfigureAwait(false);
        if (assumable == false)
        {
            writer.Warning("The role is as it should be, and after two minutes it could still not be assumed: these credentials may lack sts:AssumeRole.");
        }

        return assumable;
    }
}
