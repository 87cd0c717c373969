using System.Management.Automation;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Keeps connections from being harvested; their data stays as it is.</summary>
[Cmdlet(VerbsLifecycle.Disable, "PostureConnection", SupportsShouldProcess = true)]
[OutputType(typeof(PostureConnectionInfo))]
public sealed class DisablePostureConnectionCommand : ConnectionSwitchCmdlet
{
    private protected override bool Enables => false;
}
