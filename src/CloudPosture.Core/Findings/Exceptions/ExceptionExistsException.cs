using CloudPosture.Errors;

namespace CloudPosture.Findings.Exceptions;

/// <summary>There is such an exception from a rule already.</summary>
public sealed class ExceptionExistsException : CloudPostureException
{
    internal ExceptionExistsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Id => "InvalidArgument";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidArgument;

    /// <inheritdoc/>
    public override Advice Advice => new("Change that one, or choose another id.", "ExceptionExists");
}
