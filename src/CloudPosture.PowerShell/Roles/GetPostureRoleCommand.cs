using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Onboarding.Roles;
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
    public string[] RoleName { get; set; } = ["CloudPosture-*"];

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        WithRolesAsync(writer, roles => GetAsync(roles, writer, cancellationToken), cancellationToken);

    private async Task GetAsync(RoleManager roles, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var name in await NamesAsync(roles, cancellationToken).ConfigureAwait(false))
        {
            if (await roles.GetAsync(name, cancellationToken).ConfigureAwait(false) is { } role)
            {
                writer.Output(PostureRoleInfo.From(role));
            }
            else
            {
                writer.Error(Errors.ErrorRecords.From(new ItemNotFoundException($"The account has no role '{name}'."), name));
            }
        }
    }

    private async Task<IEnumerable<string>> NamesAsync(RoleManager roles, CancellationToken cancellationToken)
    {
        if (!RoleName.Any(WildcardPattern.ContainsWildcardCharacters))
        {
            return RoleName;
        }

        var patterns = RoleName.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        return (await roles.NamesAsync(cancellationToken).ConfigureAwait(false)).Where(name => patterns.Exists(pattern => pattern.IsMatch(name)));
    }
}
