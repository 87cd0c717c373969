using System;

namespace CloudPosture.Alerts;

/// <summary>A receiver that was not told. The message says why and what to do, and holds no address and no secret.</summary>
public sealed class AlertException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One sentence or two.</param>
    public AlertException(string message)
        : base(message)
    {
    }
}
