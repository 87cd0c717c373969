using CloudPosture.Errors;

namespace CloudPosture.Alerts;

/// <summary>A receiver that was not told. The message says why and what to do, and holds no address and no secret.</summary>
public sealed class AlertException : CloudPostureException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    public AlertException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Id => "AlertNotSent";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Connection;
}
