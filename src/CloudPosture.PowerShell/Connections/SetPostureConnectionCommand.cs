using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Changes a connection. What is not given stays; an empty text takes a setting away.</summary>
[Cmdlet(VerbsCommon.Set, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class SetPostureConnectionCommand : ConnectionSettingsCmdlet
{
    /// <summary>The connection's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A new name.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Gives the changed connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        if (!await writer.ShouldProcessAsync(Name, "Change connection").ConfigureAwait(false))
        {
            return;
        }

        var changed = await new ConnectionStore()
            .ChangeAsync(Name, old => Apply(old) with { Name = NewName ?? old.Name }, cancellationToken)
            .ConfigureAwait(false);
        MoveKeys(changed.Name);
        if (PassThru)
        {
            writer.Output(PostureConnectionInfo.From(changed));
        }
    }

    private void MoveKeys(string newName)
    {
        if (GivenKeys is { } keys || SessionKeys.TryGet(Name, out keys))
        {
            SessionKeys.Remove(Name);
            SessionKeys.Set(newName, keys);
        }
    }
}
