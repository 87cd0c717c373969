using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Removes roles with the account's policies that nothing else uses.</summary>
[Cmdlet(VerbsCommon.Remove, "PostureRole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PostureRoleInfo))]
public sealed class RemovePostureRoleCommand : RoleCmdlet
{
    /// <summary>Names of roles.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] RoleName { get; set; } = [];

    /// <summary>Leaves the role's policies.</summary>
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
            var role = await roles.GetAsync(name, cancellationToken).ConfigureAwait(false);
            if (role is null || await roles.PlanRemovalAsync(name, KeepPolicy, cancellationToken).ConfigureAwait(false) is not { } changes)
            {
                writer.Error(Errors.ErrorRecords.From(new ItemNotFoundException($"The account has no role '{name}'."), name));
                continue;
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
}
