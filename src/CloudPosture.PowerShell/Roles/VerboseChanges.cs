using System;
using CloudPosture.Onboarding.Roles;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Roles;

/// <summary>Tells of each change as it is made.</summary>
internal sealed class VerboseChanges(PipelineWriter writer) : IProgress<RoleChange>
{
    public void Report(RoleChange value) => writer.Verbose($"{value.Action}: {value.Target}");
}
