using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Makes the role that reads an account, or brings one that is there to what it should be.</summary>
[Cmdlet(VerbsCommon.New, "PostureRole", SupportsShouldProcess = true)]
[OutputType(typeof(PostureRoleInfo))]
public sealed class NewPostureRoleCommand : RoleCmdlet, IRoleSettings
{
    /// <summary>The product that is to read.</summary>
    [Parameter(Position = 0)]
    public Vendor Vendor { get; set; }

    /// <summary>Which of the product's roles.</summary>
    [Parameter]
    public RolePart Part { get; set; }

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

    /// <summary>The account that the credentials must be of.</summary>
    [Parameter]
    public string? AccountId { get; set; }

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

    /// <summary>Does not wait until the role can be assumed.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Repairs a role that differs, and allows trust without an external ID.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var role = this.ToSpec(IncludeInspector, Force);
        foreach (var warning in RoleSettings.WarningsOf(role))
        {
            writer.Warning(warning);
        }

        return WithRolesAsync(writer, roles => MakeAsync(role, roles, writer, cancellationToken), cancellationToken);
    }

    private async Task MakeAsync(RoleSpec role, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var plan = await roles.PlanAsync(await WithPresentExternalIdAsync(role, roles, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
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

        writer.Output(PostureRoleInfo.From(made.Outcome == RoleOutcome.Created && !NoWait
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
        writer.Progress(new ProgressRecord(1, "New-PostureRole", "Waiting until the role can be assumed"));
        var assumable = await roles.WaitUntilAssumableAsync(plan, cancellationToken).ConfigureAwait(false);
        writer.Progress(new ProgressRecord(1, "New-PostureRole", "Done") { RecordType = ProgressRecordType.Completed });
        if (assumable == false)
        {
            writer.Warning("The role was created, and after two minutes it could still not be assumed: these credentials may lack sts:AssumeRole.");
        }

        return assumable;
    }
}
