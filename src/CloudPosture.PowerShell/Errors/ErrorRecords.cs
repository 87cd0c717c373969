using System;
using System.IO;
using System.Management.Automation;
using CloudPosture.Connections;
using CloudPosture.Errors;

namespace CloudPosture.PowerShell.Errors;

/// <summary>Turns exceptions into error records with a stable id, a category, a target and what to do.</summary>
internal static class ErrorRecords
{
    /// <summary>Whether the engine throws this to steer the pipeline, so that no cmdlet may swallow or wrap it.</summary>
    public static bool BelongsToEngine(Exception exception) =>
        exception is PipelineStoppedException or RuntimeException;

    /// <summary>Whether an exception is about one item, so that others may fare better.</summary>
    public static bool IsOfItem(Exception exception) =>
        exception is UnknownNameException or ConnectionException { Error: not (ConnectionError.Corrupt or ConnectionError.Inaccessible or ConnectionError.Busy) };

    /// <summary>Makes the error record of an exception.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The item it went wrong with, if one.</param>
    public static ErrorRecord From(Exception exception, object? target)
    {
        var (id, category, action) = Describe(exception);
        var message = Display.Text(Told(exception));
        var about = Safe(target ?? (exception as CloudPostureException)?.Target);
        var shown = !IsHarmless(exception) ? new HostileTextException(message, exception.GetType())
            : message == exception.Message ? exception
            : new AdvisedException(message, exception);
        var record = new ErrorRecord(shown, id, category, about);
        // Of an object, what it prints as would be shown.
        record.CategoryInfo.TargetName = Display.Text(about);
        record.ErrorDetails = new ErrorDetails(message);

        // PowerShell 7 shows it below the message, Windows PowerShell nowhere.
        if (action is not null && Display.Text(action) is var advice && message.IndexOf(advice, StringComparison.Ordinal) < 0)
        {
#if !NET
            record.ErrorDetails = new ErrorDetails($"{message} {advice}");
#endif
            record.ErrorDetails.RecommendedAction = advice;
        }

        return record;
    }

    // Get-Error shows what lies within as well.
    private static bool IsHarmless(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            var said = OnOneLine(one);
            if (Display.Text(said) != said)
            {
                return false;
            }
        }

        return true;
    }

    // What the engine says, and the cmdlet that does something about it.
    private static string Told(Exception exception) =>
        exception is CloudPostureException { Advice: { Id: not null } advice } && CmdletAdvice.On(advice) is { } words ? $"{exception.Message} {words}" : OnOneLine(exception);

    // .NET Framework itself puts the parameter's name on a line of its own, the last; whatever else breaks a line came with the text.
    private static string OnOneLine(Exception exception)
    {
        var message = exception.Message;
        var end = message.LastIndexOf('\n');
        return end > 0 && exception is ArgumentException { ParamName: { } name } && message.EndsWith(name, StringComparison.Ordinal)
            ? $"{message.Substring(0, end).TrimEnd('\r')} {message.Substring(end + 1)}"
            : message;
    }

    // The target is printed in Windows PowerShell.
    private static object? Safe(object? target) => target is string text ? Display.Text(text) : target;

    private static (string Id, ErrorCategory Category, string? Action) Describe(Exception exception) => exception switch
    {
        CloudPostureException ours => (Display.Text(ours.Id), CategoryOf(ours.Category), CmdletAdvice.On(ours) ?? ours.Advice?.Text),
        ItemNotFoundException => ("ItemNotFound", ErrorCategory.ObjectNotFound, "Correct the name; a wildcard lists what there is."),
        SessionStateException or ProviderInvocationException => ("PathInvalid", ErrorCategory.InvalidArgument, "Correct the path; it must be of a file system."),
        ArgumentException => ("InvalidArgument", ErrorCategory.InvalidArgument, null),
        FileNotFoundException => ("PathNotFound", ErrorCategory.ObjectNotFound, "Correct the path."),
        DirectoryNotFoundException => ("PathNotFound", ErrorCategory.ObjectNotFound, "Correct the path, or make the folder."),
        UnauthorizedAccessException => ("PathAccessDenied", ErrorCategory.PermissionDenied, "Use a folder that you may write to."),
        IOException => ("FileAccess", ErrorCategory.ReadError, null),
        TimeoutException => ("TimedOut", ErrorCategory.OperationTimeout, "Try again."),
        OperationCanceledException => ("Cancelled", ErrorCategory.OperationStopped, null),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };

    internal static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.InvalidResult => ErrorCategory.InvalidResult,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.Exists => ErrorCategory.ResourceExists,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.Denied => ErrorCategory.PermissionDenied,
        ErrorKind.Unauthenticated => ErrorCategory.AuthenticationError,
        ErrorKind.Security => ErrorCategory.SecurityError,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.TimedOut => ErrorCategory.OperationTimeout,
        ErrorKind.Limit => ErrorCategory.LimitsExceeded,
        ErrorKind.Protocol => ErrorCategory.ProtocolError,
        ErrorKind.NotSupported => ErrorCategory.NotImplemented,
        ErrorKind.Storage => ErrorCategory.ReadError,
        _ => ErrorCategory.NotSpecified,
    };
}
