using System.Collections.Generic;
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
    private readonly List<string> _approved = [];

    /// <summary>Removes connections that others begin with, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the removed connections.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var connection in await SelectAsync(writer, cancellationToken).ConfigureAwait(false))
        {
            if (await writer.ShouldProcessAsync(connection.Name, "Remove connection").ConfigureAwait(false))
            {
                _approved.Add(connection.Name);
            }
        }
    }

    // All at once, so that a hub may go together with those that begin with it, in whatever order they come.
    private protected override Task EndAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        _approved.Count == 0 ? Task.CompletedTask : AttemptAsync(writer, string.Join(", ", _approved), () => RemoveAsync(writer, cancellationToken));

    private async Task RemoveAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (var removed in await Store.RemoveAsync(_approved, Force, cancellationToken).ConfigureAwait(false))
        {
            SessionKeys.Remove(removed.Name);
            if (PassThru)
            {
                writer.Output(PostureConnectionInfo.From(removed));
            }
        }
    }
}
