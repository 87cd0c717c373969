using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>The base of cmdlets that say whether connections are harvested.</summary>
public abstract class ConnectionSwitchCmdlet : ConnectionCmdlet
{
    /// <summary>Gives the changed connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract bool Enables { get; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in await SelectAsync(writer, cancellationToken).ConfigureAwait(false))
        {
            if (await writer.ShouldProcessAsync(connection.Name, Enables ? "Enable connection" : "Disable connection").ConfigureAwait(false))
            {
                await AttemptAsync(writer, connection.Name, () => ChangeAsync(connection.Name, writer, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    private async Task ChangeAsync(string name, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var changed = await Store.ChangeAsync(name, old => old with { Enabled = Enables }, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            writer.Output(PostureConnectionInfo.From(changed));
        }
    }
}
