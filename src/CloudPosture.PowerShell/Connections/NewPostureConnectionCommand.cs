using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Roles;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Makes a named connection to an account or an organization. It asks AWS nothing: Test-PostureConnection does.</summary>
[Cmdlet(VerbsCommon.New, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class NewPostureConnectionCommand : ConnectionSettingsCmdlet
{
    /// <summary>The connection's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>Makes the connection disabled.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SwitchText]
    public SwitchParameter Disabled { get; set; }

    /// <summary>A role or a connection, or a row whose columns are named like parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>Replaces a connection of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // Whatever has a name would become a connection that leads nowhere.
    private protected override void ReadRecord()
    {
        PipelineItem.Of(InputObject)?.RefuseStranger(MyInvocation.MyCommand.Name, [typeof(PostureRoleInfo), typeof(PostureAccountRole), typeof(PostureConnectionInfo)]);
        base.ReadRecord();
    }

    private protected override Task RecordAsync(PipelineWriter writer, CancellationToken cancellationToken) =>
        AttemptAsync(writer, Name, () => MakeAsync(writer, cancellationToken));

    private async Task MakeAsync(PipelineWriter writer, CancellationToken cancellationToken)
    {
        var connection = Apply(new PostureConnection { Name = Name, Enabled = !Disabled });
        if (!await writer.ShouldProcessAsync(Name, "Create connection").ConfigureAwait(false))
        {
            return;
        }

        var added = await new ConnectionStore().AddAsync([connection], Force, cancellationToken).ConfigureAwait(false);
        if (Given.Keys is { } keys)
        {
            SessionKeys.Set(Name, keys);
            writer.Verbose($"The keys of connection '{Name}' are kept in this session only. A profile or role lasts longer.");
        }
        else if (connection.Credential.Kind == CredentialKind.Session)
        {
            SessionKeys.Remove(Name);
            writer.Warning($"The connection '{Name}' has no keys yet: give them with Set-PostureConnection '{Name}' -AccessKey and -SecretKey, in each session anew.");
        }

        writer.Output(PostureConnectionInfo.From(added[0]));
    }
}
