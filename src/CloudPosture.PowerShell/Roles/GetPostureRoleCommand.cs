using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Gets roles of an account with their trust and policies.</summary>
[Cmdlet(VerbsCommon.Get, "PostureRole")]
[OutputType(typeof(PostureRoleInfo))]
public sealed class GetPostureRoleCommand : RoleCmdlet
{
    /// <summary>Names of roles.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [NamesFrom("RoleName", What = "role")]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string[] RoleName { get; set; } = ["CloudPosture-*"];

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        WithRolesAsync(writer, roles => GetAsync(roles, writer, cancellationToken), cancellationToken);

    private async Task GetAsync(RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var name in await NamesAsync(roles, RoleName, cancellationToken).ConfigureAwait(false))
        {
            if (await roles.GetAsync(name, cancellationToken).ConfigureAwait(false) is { } role)
            {
                writer.Output(PostureRoleInfo.From(role));
            }
            else
            {
                writer.Error(NoSuchRole(name));
            }
        }
    }
}
