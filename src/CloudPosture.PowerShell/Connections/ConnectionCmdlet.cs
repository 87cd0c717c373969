using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>The base of cmdlets that take connections by name.</summary>
public abstract class ConnectionCmdlet : AsyncPostureCmdlet
{
    /// <summary>Names of connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Connection")]
    [NamesFrom("Connection", "Connections", "Name", What = "connection")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = [];

    private protected ConnectionStore Store { get; } = new();

    /// <summary>The connections that the names admit. A name without wildcards must exist: where it does not, that is an error of its own.</summary>
    private protected Task<IReadOnlyList<PostureConnection>> SelectAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        Store.SelectAsync(Name, writer, cancellationToken);
}
