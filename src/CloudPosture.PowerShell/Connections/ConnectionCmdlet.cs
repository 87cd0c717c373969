using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Connections;

/// <summary>The base of cmdlets that take connections by name.</summary>
public abstract class ConnectionCmdlet : AsyncPostureCmdlet
{
    /// <summary>Names of connections.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Connection")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[] Name { get; set; } = [];

    private protected ConnectionStore Store { get; } = new();

    /// <summary>The connections that the names admit; a name without wildcards must exist.</summary>
    /// <exception cref="ConnectionException">There is no connection of that name.</exception>
    private protected async Task<IReadOnlyList<PostureConnection>> SelectAsync(CancellationToken cancellationToken) =>
        await Store.SelectAsync(new NameFilter(Name), cancellationToken).ConfigureAwait(false);
}
