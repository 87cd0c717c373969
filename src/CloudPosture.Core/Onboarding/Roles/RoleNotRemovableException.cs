using CloudPosture.Errors;

namespace CloudPosture.Onboarding.Roles;

/// <summary>A role cannot be removed as it is; nothing was changed.</summary>
public sealed class RoleNotRemovableException : CloudPostureException
{
    internal RoleNotRemovableException(string message, string advice)
        : base(message) => Advice = new Advice(advice);

    /// <inheritdoc/>
    public override string Id => "RoleNotRemovable";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Busy;

    /// <inheritdoc/>
    public override Advice Advice { get; }
}
