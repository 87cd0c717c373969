using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Makes connections from the profiles that assume roles, or from the accounts of an organization.</summary>
[Cmdlet(VerbsData.Import, "PostureConnection", SupportsShouldProcess = true, DefaultParameterSetName = ProfileSet)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class ImportPostureConnectionCommand : AwsCmdlet
{
    private const string ProfileSet = "Profile";
    private const string OrganizationSet = "Organization";

    /// <summary>The config or credentials file, or their folder.</summary>
    [Parameter(Position = 0, ParameterSetName = ProfileSet)]
    public string? Path { get; set; }

    /// <summary>A connection to an organization, whose accounts become connections of their own.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrganizationSet)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Organization { get; set; } = "";

    /// <summary>Only connections of these names.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Replaces connections of the same names.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var store = new ConnectionStore();
        var names = new NameFilter(Name);
        var wanted = new List<PostureConnection>();
        foreach (var found in await FindAsync(store, writer, cancellationToken).ConfigureAwait(false))
        {
            if (names.Admits(found.Name) && await writer.ShouldProcessAsync(found.Name, "Create connection").ConfigureAwait(false))
            {
                wanted.Add(found);
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        foreach (var added in await store.AddAsync(wanted, Force, cancellationToken).ConfigureAwait(false))
        {
            writer.Output(PostureConnectionInfo.From(added));
        }
    }

    private async Task<IReadOnlyList<PostureConnection>> FindAsync(ConnectionStore store, PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (ParameterSetName == ProfileSet)
        {
            var path = Path is null ? null : await writer.AskAsync(cmdlet => cmdlet.Resolve(Path)).ConfigureAwait(false);
            return ConnectionImporter.FromProfiles(path);
        }

        using var aws = OpenAws(writer);
        var hub = WithGivenCredentials(await store.GetAsync(Organization, cancellationToken).ConfigureAwait(false), writer);
        return await ConnectionImporter.FromOrganizationAsync(hub, aws.Resolver, cancellationToken).ConfigureAwait(false);
    }
}
