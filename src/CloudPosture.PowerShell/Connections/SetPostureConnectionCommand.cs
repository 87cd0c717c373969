using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Changes a connection. What is not given stays; an empty text takes a setting away.</summary>
[Cmdlet(VerbsCommon.Set, "PostureConnection", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class SetPostureConnectionCommand : ConnectionSettingsCmdlet
{
    private const string NameSet = "Name";
    private const string ConnectionSet = "Connection";

    /// <summary>The connection's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = NameSet)]
    [NamesFrom("Name", "Connection", What = "connection", Except = typeof(PostureConnectionInfo))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Name { get; set; } = "";

    /// <summary>A connection from Get-PostureConnection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ConnectionSet)]
    public PostureConnectionInfo? InputObject { get; set; }

    /// <summary>A new name.</summary>
    [Parameter]
    public string? NewName { get; set; }

    /// <summary>Gives the changed connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesSettingsFromPipeline => InputObject is null;

    private string Present => InputObject?.Name ?? Name;

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        AttemptAsync(writer, Present, () => ChangeAsync(writer, cancellationToken));

    private async Task ChangeAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        // -WhatIf must not promise what there is not.
        await new ConnectionStore().GetAsync(Present, cancellationToken).ConfigureAwait(false);
        if (!await writer.ShouldProcessAsync(Present, "Change connection").ConfigureAwait(false))
        {
            return;
        }

        var changed = await new ConnectionStore()
            .ChangeAsync(Present, old => Apply(old) with { Name = NewName ?? old.Name }, cancellationToken)
            .ConfigureAwait(false);
        MoveKeys(changed.Name);
        if (PassThru)
        {
            writer.Output(PostureConnectionInfo.From(changed));
        }
    }

    private void MoveKeys(string newName)
    {
        if (Given.Keys is { } keys || SessionKeys.TryGet(Present, out keys))
        {
            SessionKeys.Remove(Present);
            SessionKeys.Set(newName, keys);
        }
    }
}
