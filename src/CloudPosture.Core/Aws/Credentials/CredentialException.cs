using System;
using CloudPosture.Errors;

namespace CloudPosture.Aws.Credentials;

/// <summary>Credentials that cannot be had. The message says where they were looked for and what to do, and shows no secret.</summary>
/// <param name="message">The message.</param>
/// <param name="cause">What it came from.</param>
/// <param name="advice">What to do, where the message does not say it.</param>
public sealed class CredentialException(string message, Exception? cause = null, Advice? advice = null) : CloudPostureException(message, cause)
{
    /// <inheritdoc/>
    public override string Id => "Credential";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Unauthenticated;

    /// <inheritdoc/>
    public override Advice? Advice => advice;
}
