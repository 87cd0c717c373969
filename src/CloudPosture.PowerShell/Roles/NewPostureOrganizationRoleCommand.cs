using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Gives the reading role to the accounts of an organization through a CloudFormation StackSet.</summary>
[Cmdlet(VerbsCommon.New, "PostureOrganizationRole", SupportsShouldProcess = true)]
[OutputType(typeof(PostureAccountRole))]
public sealed class NewPostureOrganizationRoleCommand : NewRoleCmdlet
{
    private const string Activity = "New-PostureOrganizationRole";

    /// <summary>Units or roots whose accounts get the role.</summary>
    [Parameter]
    public string[] OrganizationalUnitId { get; set; } = [];

    /// <summary>Leaves the management account out.</summary>
    [Parameter]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var role = WantedRole(writer);
        using var access = OpenAws(writer);
        var target = await TargetAsync(access, writer, cancellationToken).ConfigureAwait(false);
        var rollout = new OrganizationRollout(access.Client, target);
        var plan = await rollout.PlanAsync(role, OrganizationalUnitId, keepExternalId: ExternalId is null, cancellationToken).ConfigureAwait(false);
        if (!ExcludeManagementAccount)
        {
            await MakeHereAsync(plan.Role, new RoleManager(access.Client, target), writer, cancellationToken).ConfigureAwait(false);
        }

        await RollOutAsync(rollout, plan, writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The management account, which a StackSet leaves out.</summary>
    private async Task MakeHereAsync(RoleSpec role, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var plan = await roles.PlanAsync(role, cancellationToken).ConfigureAwait(false);
        if (plan.HasDrift && !Force)
        {
            writer.Warning($"The role {plan.RoleArn} of the management account differs from what it should be, and was left alone. Use -Force to repair it.");
            return;
        }

        if (!await writer.ApproveAsync(plan.Changes).ConfigureAwait(false))
        {
            return;
        }

        var made = await roles.ApplyAsync(plan, new VerboseChanges(writer), cancellationToken).ConfigureAwait(false);
        writer.Output(new PostureAccountRole
        {
            AccountId = made.AccountId,
            Succeeded = true,
            Status = made.Outcome.ToString(),
            Reason = null,
            OrganizationalUnitId = null,
            RoleArn = made.RoleArn,
            ExternalId = made.ExternalId,
        });
    }

    private static async Task RollOutAsync(OrganizationRollout rollout, RolloutPlan plan, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var approved = true;
        foreach (var change in plan.Changes)
        {
            approved &= await writer.ShouldProcessAsync($"StackSet {plan.StackSetName}", change).ConfigureAwait(false);
        }

        if (!approved)
        {
            return;
        }

        foreach (var account in await rollout.ApplyAsync(plan, new Bar(writer), cancellationToken).ConfigureAwait(false))
        {
            writer.Output(PostureAccountRole.From(account));
            if (!account.Succeeded)
            {
                writer.Warning($"Account {account.AccountId}: {account.Status}. {account.Reason}");
            }
        }
    }

    private sealed class Bar(PipelineWriter writer) : IProgress<RolloutProgress>
    {
        public void Report(RolloutProgress value) => writer.Progress(new ProgressRecord(1, Activity, $"{value.Status}: {value.Done} of {value.Total} accounts")
        {
            PercentComplete = value.Total == 0 ? -1 : value.Done * 100 / value.Total,
        });
    }
}
