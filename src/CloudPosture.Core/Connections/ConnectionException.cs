using System;
using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>An operation on connections that failed. The message says what is wrong and what to do.</summary>
public sealed class ConnectionException : CloudPostureException
{
    private readonly Advice? _advice;

    internal ConnectionException(ConnectionError error, string message, Exception? cause = null, Advice? advice = null)
        : base(message, cause)
    {
        Error = error;
        _advice = advice;
    }

    /// <summary>Why.</summary>
    public ConnectionError Error { get; }

    /// <inheritdoc/>
    public override string Id => Describe().Id;

    /// <inheritdoc/>
    public override ErrorKind Category => Describe().Category;

    /// <inheritdoc/>
    public override Advice? Advice => _advice ?? (Describe().Advice is { } text ? new Advice(text) : null);

    private (string Id, ErrorKind Category, string? Advice) Describe() => Error switch
    {
        ConnectionError.Invalid => ("ConnectionInvalid", ErrorKind.InvalidArgument, null),
        ConnectionError.NotFound => ("ConnectionNotFound", ErrorKind.NotFound, "List the connections there are."),
        ConnectionError.AlreadyExists => ("ConnectionExists", ErrorKind.Exists, "Choose another name, or have it replaced."),
        ConnectionError.InUse => ("ConnectionInUse", ErrorKind.Busy, "Give the connections that the message names other credentials first."),
        ConnectionError.Busy => ("ConnectionFileBusy", ErrorKind.Busy, "Try again when the other process has finished."),
        ConnectionError.WrongAccount => ("ConnectionWrongAccount", ErrorKind.Security, "Correct the connection's account, role or credentials."),
        _ => ("ConnectionFile", ErrorKind.Storage, "Repair the file that the message names, or set CLOUDPOSTURE_HOME."),
    };
}
