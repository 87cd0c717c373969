using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Removes connections. What was harvested through them stays.</summary>
[Cmdlet(VerbsCommon.Remove, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class RemovePostureConnectionCommand : ConnectionCmdlet
{
    /// <summary>Gives the removed connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in await SelectAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!await writer.ShouldProcessAsync(connection.Name, "Remove connection").ConfigureAwait(false))
            {
                continue;
            }

            var removed = await Store.RemoveAsync(connection.Name, cancellationToken).ConfigureAwait(false);
            SessionKeys.Remove(removed.Name);
            if (PassThru)
            {
                writer.Output(PostureConnectionInfo.From(removed));
            }
        }
    }
}
