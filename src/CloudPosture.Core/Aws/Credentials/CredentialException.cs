using System;
using CloudPosture.Errors;

namespace CloudPosture.Aws.Credentials;

/// <summary>Credentials that cannot be had. The message says where they were looked for and what to do, and shows no secret.</summary>
/// <param name="message">The message.</param>
/// <param name="cause">What it came from.</param>
public sealed class CredentialException(string message, Exception? cause = null) : CloudPostureException(message, cause)
{
    /// <inheritdoc/>
    public override string Id => "Credential";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Unauthenticated;
}
