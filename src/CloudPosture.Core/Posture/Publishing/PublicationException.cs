using System;

namespace CloudPosture.Posture;

/// <summary>Findings that did not reach another system. The message says why.</summary>
public sealed class PublicationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    public PublicationException(string message)
        : base(message)
    {
    }
}
