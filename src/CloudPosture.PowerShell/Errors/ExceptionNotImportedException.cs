using CloudPosture.Errors;

namespace CloudPosture.PowerShell.Errors;

/// <summary>What another tool is silent about cannot be said here.</summary>
internal sealed class ExceptionNotImportedException(string message, Advice advice) : CloudPostureException(message)
{
    public override string Id => "ExceptionNotImported";

    public override ErrorKind Category => ErrorKind.NotSupported;

    public override Advice Advice => advice;
}
