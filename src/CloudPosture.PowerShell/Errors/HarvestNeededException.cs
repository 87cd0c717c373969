using CloudPosture.Errors;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A harvest cannot go, because the lake would know less of an account without it.</summary>
internal sealed class HarvestNeededException(string message) : CloudPostureException(message)
{
    public override string Id => "HarvestNeeded";

    public override ErrorKind Category => ErrorKind.Busy;
}
