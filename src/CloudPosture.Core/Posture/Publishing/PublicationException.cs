using CloudPosture.Errors;

namespace CloudPosture.Posture.Publishing;

/// <summary>Findings that did not reach another system. The message says why.</summary>
public sealed class PublicationException : CloudPostureException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    public PublicationException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Id => "NotPublished";

    /// <inheritdoc/>
    public override ErrorKind Category => ErrorKind.InvalidResult;

    /// <inheritdoc/>
    public override Advice Advice => new("Publish again afterwards: what is there already is not sent twice.");
}
