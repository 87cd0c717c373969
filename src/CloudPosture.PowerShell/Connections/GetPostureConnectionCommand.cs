using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Gets the user's connections.</summary>
[Cmdlet(VerbsCommon.Get, "PostureConnection")]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class GetPostureConnectionCommand : AsyncPostureCmdlet
{
    /// <summary>Names of connections.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Connection")]
    [NamesFrom("Connection", "Connections", "Name", What = "connection")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Name { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in await new ConnectionStore().SelectAsync(Name, writer, cancellationToken).ConfigureAwait(false))
        {
            writer.Output(PostureConnectionInfo.From(connection));
        }
    }
}
