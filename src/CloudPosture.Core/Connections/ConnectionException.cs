using System;

namespace CloudPosture.Connections;

/// <summary>An operation on connections that failed. The message says what is wrong and what to do.</summary>
public sealed class ConnectionException : Exception
{
    internal ConnectionException(ConnectionError error, string message, Exception? cause = null)
        : base(message, cause) => Error = error;

    /// <summary>Why.</summary>
    public ConnectionError Error { get; }
}
