using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Lets connections be harvested again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class EnablePostureConnectionCommand : ConnectionSwitchCmdlet
{
    private protected override bool Enables => true;
}
