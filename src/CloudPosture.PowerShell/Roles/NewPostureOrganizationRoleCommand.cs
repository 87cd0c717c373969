using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Gives the reading role to the accounts of an organization through a CloudFormation StackSet.</summary>
[Cmdlet(VerbsCommon.New, "PostureOrganizationRole", SupportsShouldProcess = true)]
[OutputType(typeof(PostureAccountRole))]
public sealed class NewPostureOrganizationRoleCommand : NewRoleCmdlet
{
    private const string Activity = "New-PostureOrganizationRole";
    private const string Drifted = "Drifted";

    /// <summary>Units or roots whose accounts get the role.</summary>
    [Parameter]
    public string[] OrganizationalUnitId { get; set; } = [];

    /// <summary>Leaves the management account out.</summary>
    [Parameter]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>Makes the product's hub role in the management account first.</summary>
    [Parameter]
    public SwitchParameter IncludeHub { get; set; }

    private protected override bool MakesHub => IncludeHub;

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var wanted = WantedRole(writer);
        using var access = OpenAws(writer);
        var target = await TargetAsync(access, writer, cancellationToken).ConfigureAwait(false);
        target = target with { Region = Region ?? Partition.Of(target.Region).HomeRegion };
        var (rollout, roles) = (new OrganizationRollout(access.Client, target), Manager(access, target, writer));
        var plan = await rollout.PlanAsync(wanted, OrganizationalUnitId, keepExternalId: ExternalId is null, cancellationToken).ConfigureAwait(false);
        DemandRegion(plan, writer);

        var hub = IncludeHub ? await roles.PlanAsync(this.ToHub(plan.Role, plan.AccountId), cancellationToken).ConfigureAwait(false) : null;
        await roles.DemandPrincipalsAsync(plan.Role, plan.AccountId, hub?.Role.RoleName, cancellationToken).ConfigureAwait(false);
        var management = ExcludeManagementAccount ? null : await roles.PlanAsync(plan.Role, cancellationToken).ConfigureAwait(false);
        await RunAsync(rollout, plan, new ManagementRoles(roles, hub, management, Force), writer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>IAM is the same in all Regions, so a second StackSet would fail in every account.</summary>
    private void DemandRegion(RolloutPlan plan, PipelineWriter writer)
    {
        if (Region is not null && Region != plan.Region)
        {
            throw new ArgumentException($"The StackSet {plan.StackSetName} is in {plan.Region}, and a second one in {Region} would fail in every account: leave -Region out, or give {plan.Region}.");
        }

        writer.Verbose($"The StackSet {plan.StackSetName} is {(plan.Exists ? "" : "to be ")}in {plan.Region}.");
    }

    private async Task RunAsync(OrganizationRollout rollout, RolloutPlan plan, ManagementRoles management, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var note in management.Notes)
        {
            writer.Warning(note);
        }

        var present = await management.PresentAsync(cancellationToken).ConfigureAwait(false);
        var obstacle = Obstacle(plan, management, present);
        var isMade = obstacle is null || !HasOtherExternalId(plan.PresentExternalId, plan);
        var approved = !isMade || await writer.ApproveAsync(management.Changes).ConfigureAwait(false);
        foreach (var change in obstacle is null ? plan.Changes : [])
        {
            approved &= await writer.ShouldProcessAsync($"StackSet {plan.StackSetName}", change).ConfigureAwait(false);
        }

        if (!approved)
        {
            return;
        }

        var made = await management.MakeAsync(present, isMade, writer, cancellationToken).ConfigureAwait(false);
        if (obstacle is null)
        {
            await TryRollOutAsync(rollout, plan with { Made = made }, writer, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            writer.Warning(obstacle);
            await ReportDriftAsync(rollout, plan, obstacle, writer, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Why the StackSet is to be left alone; null where it is not.</summary>
    private string? Obstacle(RolloutPlan plan, ManagementRoles management, PostureRole? present)
    {
        if (Force)
        {
            return null;
        }

        if (plan.HasDrift)
        {
            return $"The StackSet {plan.StackSetName} in {plan.Region} differs from what it should be, and was left alone: {string.Join(", ", plan.Differences)}. Use -Force to update it in all accounts.";
        }

        return !plan.Exists && management.IsLeftAlone && HasOtherExternalId(present?.ExternalId, plan)
            ? $"The management account's role has another external ID, so nothing was rolled out: leave -ExternalId out to take that one over, or use -Force to replace it."
            : null;
    }

    private bool HasOtherExternalId(string? present, RolloutPlan plan) => ExternalId is not null && present != plan.Role.ExternalId;

    private static async Task ReportDriftAsync(OrganizationRollout rollout, RolloutPlan plan, string reason, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var account in await rollout.AccountsAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            writer.Output(PostureAccountRole.From(account with { Succeeded = false, Status = Drifted, Reason = reason }));
        }
    }

    /// <summary>A failure ends the pipeline no sooner than the rows of what was made are through.</summary>
    private static async Task TryRollOutAsync(OrganizationRollout rollout, RolloutPlan plan, PipelineWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await RollOutAsync(rollout, plan, writer, cancellationToken).ConfigureAwait(false);
        }
        catch (RolloutException failure)
        {
            writer.Error(ErrorRecords.From(failure, plan.StackSetName));
        }
    }

    private static async Task RollOutAsync(OrganizationRollout rollout, RolloutPlan plan, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (plan.Changes.Count == 0)
        {
            writer.Verbose($"The StackSet {plan.StackSetName} in {plan.Region} is as it should be: nothing was changed.");
        }

        var result = await rollout.ApplyAsync(plan, new Bar(writer), cancellationToken).ConfigureAwait(false);
        foreach (var account in result.Accounts)
        {
            writer.Output(PostureAccountRole.From(account));
            if (!account.Succeeded)
            {
                writer.Warning($"Account {account.AccountId}: {account.Status}. {account.Reason}");
            }
        }

        if (result.Failure is { } failure)
        {
            writer.Error(ErrorRecords.From(failure, plan.StackSetName));
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
