using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Keeps connections from being harvested; their data stays as it is.</summary>
[Cmdlet(VerbsLifecycle.Disable, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class DisablePostureConnectionCommand : ConnectionCmdlet
{
    /// <summary>Gives the changed connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in await SelectAsync(writer, cancellationToken).ConfigureAwait(false))
        {
            if (!await writer.ShouldProcessAsync(connection.Name, "Disable connection").ConfigureAwait(false))
            {
                continue;
            }

            await AttemptAsync(writer, connection.Name, () => ChangeAsync(connection.Name, writer, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task ChangeAsync(string name, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var changed = await Store.ChangeAsync(name, old => old with { Enabled = false }, cancellationToken).ConfigureAwait(false);
        if (PassThru)
        {
            writer.Output(PostureConnectionInfo.From(changed));
        }
    }
}
