using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Connections;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>The base of cmdlets that work on the roles of the account that the credentials are of.</summary>
public abstract class RoleCmdlet : AwsCmdlet
{
    private const string HomeRegion = "us-east-1";

    /// <summary>The Region that decides the partition.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    private string Title => GetType().GetCustomAttribute<CmdletAttribute>() is { } cmdlet ? $"{cmdlet.VerbName}-{cmdlet.NounName}" : GetType().Name;

    /// <summary>Runs with a manager of the account's roles.</summary>
    private protected async Task WithRolesAsync(PipelineWriter writer, Func<RoleManager, Task> work, CancellationToken cancellationToken)
    {
        using var access = OpenAws(writer);
        var target = await TargetAsync(access, writer, cancellationToken).ConfigureAwait(false);
        await work(Manager(access, target, writer)).ConfigureAwait(false);
    }

    private protected RoleManager Manager(AwsAccess access, AwsTarget target, PipelineWriter writer) => new(access.Client, target) { Waiting = new WaitReport(writer, Title) };

    private protected async Task<AwsTarget> TargetAsync(AwsAccess access, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var connection = WithGivenCredentials(new PostureConnection { Name = GetType().Name }, writer);
        var credentials = await access.Resolver.CredentialsAsync(connection, cancellationToken).ConfigureAwait(false);
        writer.Verbose($"Using {credentials.Source}.");
        return new AwsTarget { Credentials = credentials.Credentials, Region = Region is { Length: > 0 } given ? given : credentials.Region ?? HomeRegion, Endpoints = credentials.Endpoints };
    }

    /// <summary>The roles that names with wildcards mean; a name without is taken as it is, whether or not there is such a role.</summary>
    private protected static async Task<IEnumerable<string>> NamesAsync(RoleManager roles, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        if (!names.Any(WildcardPattern.ContainsWildcardCharacters))
        {
            return names;
        }

        var wanted = new NameFilter(names);
        return wanted.ExactNames.Concat((await roles.NamesAsync(cancellationToken).ConfigureAwait(false)).Where(wanted.Admits)).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private protected static ErrorRecord NoSuchRole(string name) =>
        ErrorRecords.From(new ItemNotFoundException($"The account has no role '{name}'."), name);
}
