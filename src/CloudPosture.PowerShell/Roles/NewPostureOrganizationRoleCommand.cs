using System;
using System.Collections;
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
public sealed class NewPostureOrganizationRoleCommand : RoleCmdlet, IRoleSettings
{
    private const string Activity = "New-PostureOrganizationRole";

    /// <summary>The product that is to read.</summary>
    [Parameter(Position = 0)]
    public Vendor Vendor { get; set; }

    /// <summary>Units or roots whose accounts get the role.</summary>
    [Parameter]
    public string[] OrganizationalUnitId { get; set; } = [];

    /// <summary>Leaves the management account out.</summary>
    [Parameter]
    public SwitchParameter ExcludeManagementAccount { get; set; }

    /// <summary>The name, where it is not the product's own.</summary>
    [Parameter]
    public string? RoleName { get; set; }

    /// <summary>The account that reads.</summary>
    [Parameter]
    [Alias("ManagementAccountId")]
    public string? HubAccountId { get; set; }

    /// <summary>Who may assume the role.</summary>
    [Parameter]
    public string[]? TrustedPrincipal { get; set; }

    /// <summary>What must be said to assume it.</summary>
    [Parameter]
    public string? ExternalId { get; set; }

    /// <summary>What ends the role's name, for products that have it so.</summary>
    [Parameter]
    public string? Suffix { get; set; }

    /// <summary>Attaches what reading Amazon Inspector needs.</summary>
    [Parameter]
    public SwitchParameter IncludeInspector { get; set; }

    /// <summary>The path of the role and its policies.</summary>
    [Parameter]
    public string RolePath { get; set; } = "/";

    /// <summary>What the role is for.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Tags of the role and its policies.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>The policy that bounds the role's permissions.</summary>
    [Parameter]
    public string? PermissionsBoundary { get; set; }

    /// <summary>The longest session in seconds.</summary>
    [Parameter]
    public int MaxSessionDuration { get; set; } = 3600;

    /// <summary>Repairs the management account's role where it differs, and allows trust without an external ID.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    RolePart IRoleSettings.Part => RolePart.Reader;

    string? IRoleSettings.AccountId => null;

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var role = this.ToSpec(IncludeInspector, Force);
        foreach (var warning in RoleSettings.WarningsOf(role))
        {
            writer.Warning(warning);
        }

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
