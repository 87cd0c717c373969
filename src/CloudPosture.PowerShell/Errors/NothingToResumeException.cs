using CloudPosture.Errors;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A harvest is to be resumed, and none can be.</summary>
internal sealed class NothingToResumeException(string message) : CloudPostureException(message)
{
    public override string Id => "NothingToResume";

    public override ErrorKind Category => ErrorKind.NotFound;

    public override Advice Advice => new("Begin a new harvest: leave -Resume out.");
}
