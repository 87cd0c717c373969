using CloudPosture.Errors;

namespace CloudPosture.PowerShell.Errors;

/// <summary>Credentials were given incompletely, or several at once. Nothing else is taken in their place: that may lead into another account.</summary>
internal sealed class CredentialParameterException(string message) : CloudPostureException(message)
{
    public override string Id => "CredentialParameters";

    public override ErrorKind Category => ErrorKind.InvalidArgument;

    public override Advice Advice => new("Give one complete set: -AccessKey and -SecretKey, with -SessionToken for temporary keys; or -Credential; or -ProfileName.");
}
