using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Removes roles with what was made for them.</summary>
[Cmdlet(VerbsCommon.Remove, "PostureRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PostureRoleInfo))]
public sealed class RemovePostureRoleCommand : RoleCmdlet
{
    /// <summary>Names of roles.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesFrom("RoleName", What = "role")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] RoleName { get; set; } = [];

    /// <summary>Leaves the policies that were made for the role.</summary>
    [Parameter]
    public SwitchParameter KeepPolicy { get; set; }

    /// <summary>Gives the removed roles.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        WithRolesAsync(writer, roles => RemoveAsync(roles, writer, cancellationToken), cancellationToken);

    private async Task RemoveAsync(RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var name in RoleName)
        {
            try
            {
                await RemoveAsync(name, roles, writer, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is RoleNotRemovableException or RoleChangeException or AwsServiceException && !cancellationToken.IsCancellationRequested)
            {
                writer.Error(ErrorRecords.From(problem, name));
            }
        }
    }

    private async Task RemoveAsync(string name, RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var role = await roles.GetAsync(name, cancellationToken).ConfigureAwait(false);
        if (role is null || await roles.PlanRemovalAsync(name, KeepPolicy, cancellationToken).ConfigureAwait(false) is not { } changes)
        {
            writer.Error(NoSuchRole(name));
            return;
        }

        if (await writer.ApproveAsync(changes).ConfigureAwait(false))
        {
            await roles.RemoveAsync(changes, new VerboseChanges(writer), cancellationToken).ConfigureAwait(false);
            if (PassThru)
            {
                writer.Output(PostureRoleInfo.From(role));
            }
        }
    }
}
