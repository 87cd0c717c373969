using CloudPosture.Errors;

namespace CloudPosture.Alerts;

/// <summary>A receiver that was not told. The message says why and what to do, and holds no address and no secret.</summary>
public sealed class AlertException : CloudPostureException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    /// <param name="advice">What to do, where the message does not say it.</param>
    public AlertException(string message, Advice? advice = null)
        : base(message) => Advice = advice;

    /// <inheritdoc/>
    public override string Id => "AlertNotSent";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.Connection;

    /// <inheritdoc/>
    public override Advice? Advice { get; }
}
