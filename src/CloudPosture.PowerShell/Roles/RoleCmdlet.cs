using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>The base of cmdlets that work on the roles of the account that the credentials are of.</summary>
public abstract class RoleCmdlet : AwsCmdlet
{
    private const string HomeRegion = "us-east-1";

    /// <summary>The Region that decides the partition.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Runs with a manager of the account's roles.</summary>
    private protected async Task WithRolesAsync(PipelineWriter writer, Func<RoleManager, Task> work, CancellationToken cancellationToken)
    {
        using var access = OpenAws(writer);
        var target = await TargetAsync(access, writer, cancellationToken).ConfigureAwait(false);
        await work(new RoleManager(access.Client, target)).ConfigureAwait(false);
    }

    private protected async Task<AwsTarget> TargetAsync(AwsAccess access, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var connection = WithGivenCredentials(new PostureConnection { Name = GetType().Name }, writer);
        var credentials = await access.Resolver.CredentialsAsync(connection, cancellationToken).ConfigureAwait(false);
        writer.Verbose($"Using {credentials.Source}.");
        return new AwsTarget { Credentials = credentials.Credentials, Region = Region ?? credentials.Region ?? HomeRegion };
    }
}
