using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role was described in a way that AWS or its vendor would refuse, or that would be unsafe; the message says what to change.</summary>
public sealed class RoleSpecException : CloudPostureException
{
    internal RoleSpecException(string message, Advice? advice = null)
        : base(message) => Advice = advice;

    /// <inheritdoc/>
    public override string Id => "RoleInvalid";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidArgument;

    /// <inheritdoc/>
    public override Advice? Advice { get; }
}
