using System;
using CloudPosture.Errors;

namespace CloudPosture.Delegation;

/// <summary>Something about a delegation request that failed. The message says what is wrong, how things were left, and what to do.</summary>
public sealed class DelegationException : CloudPostureException
{
    private readonly Advice? _advice;

    internal DelegationException(DelegationError error, string message, Exception? cause = null, Advice? advice = null)
        : base(message, cause)
    {
        Error = error;
        _advice = advice;
    }

    /// <summary>Why.</summary>
    public DelegationError Error { get; }

    /// <inheritdoc/>
    public override string Id => Describe().Id;

    /// <inheritdoc/>
    public override ErrorKind Category => Describe().Category;

    /// <inheritdoc/>
    public override Advice? Advice => _advice ?? (Describe().Advice is { } text ? new Advice(text) : null);

    private (string Id, ErrorKind Category, string? Advice) Describe() => Error switch
    {
        DelegationError.Invalid => ("DelegationInvalid", ErrorKind.InvalidArgument, null),
        DelegationError.NotFound => ("DelegationNotFound", ErrorKind.NotFound, "List the requests there are."),
        DelegationError.AlreadySent => ("DelegationAlreadySent", ErrorKind.Exists, "Leave the workflow id out to have a new one made."),
        DelegationError.Unconfirmed => ("DelegationUnconfirmed", ErrorKind.Connection, "Wait for the notification before sending again."),
        DelegationError.NotPartner => ("DelegationNotPartner", ErrorKind.Denied, "Make the role, or hand its template to the account's owner."),
        DelegationError.MissingPermission => ("DelegationPermission", ErrorKind.Denied, "Grant the permission that the message names, or forward the request."),
        DelegationError.Rejected => ("DelegationRejected", ErrorKind.Denied, "Send it again with a new workflow id, when the reason is settled."),
        DelegationError.Expired => ("DelegationExpired", ErrorKind.TimedOut, "Send it again with a new workflow id."),
        DelegationError.NoToken => ("DelegationNoToken", ErrorKind.Unavailable, "Pass the notification on in this session."),
        DelegationError.RolledBack => ("DelegationRolledBack", ErrorKind.InvalidResult, "Remove the cause that the message names, then send it again."),
        DelegationError.ConnectionFailed => ("DelegationConnectionFailed", ErrorKind.Connection, "Test the connection, and complete again."),
        DelegationError.NotNotification => ("DelegationNotNotification", ErrorKind.InvalidData, null),
        DelegationError.TimedOut => ("DelegationTimedOut", ErrorKind.TimedOut, null),
        DelegationError.Store => ("DelegationStore", ErrorKind.Storage, "Repair the file that the message names, or set CLOUDPOSTURE_HOME."),
        _ => ("DelegationState", ErrorKind.InvalidOperation, null),
    };
}
