using System;
using System.IO;
using System.Management.Automation;
using CloudPosture.Alerts;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Content;
using CloudPosture.Delegation;
using CloudPosture.Lake;
using CloudPosture.Onboarding.Organizations;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Posture;
using CloudPosture.Quoting;

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
        var message = Display.Text(OnOneLine(exception));
        var about = Safe(target ?? (exception as UnknownNameException)?.Name);
        var record = new ErrorRecord(IsHarmless(exception) ? exception : new HostileTextException(message, exception.GetType()), id, category, about);
        // Of an object, what it prints as would be shown.
        record.CategoryInfo.TargetName = Display.Text(about);
        record.ErrorDetails = new ErrorDetails(message);
        if (action is not null)
        {
            record.ErrorDetails.RecommendedAction = Display.Text(action);
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
        GateException { Verdict: GateVerdict.Findings } => ("PostureFindings", ErrorCategory.InvalidResult, "Put right what the findings name, or accept it with New-PostureException."),
        GateException { Verdict: GateVerdict.NothingRead } => ("PostureNothingRead", ErrorCategory.ObjectNotFound, "Run Invoke-PostureHarvest first, into the same lake."),
        GateException => ("PostureNotAssessed", ErrorCategory.InvalidResult, "Get-PostureGap tells what is missing. -AllowNotAssessed lets it through."),
        HarvestNeededException => ("HarvestNeeded", ErrorCategory.ResourceBusy, "Harvest these accounts and services anew, then remove it."),
        ExceptionNotImportedException => ("ExceptionNotImported", ErrorCategory.NotImplemented, "Write it by New-PostureException."),
        AlertException => ("AlertNotSent", ErrorCategory.ConnectionError, "Put right what the message names. What was not told is told by the next Send-PostureAlert."),
        PublicationException => ("NotPublished", ErrorCategory.InvalidResult, "Put right what the message names, and publish again: what is there already is not sent twice."),
        UnknownNameException unknown => (unknown.ErrorId, ErrorCategory.ObjectNotFound, "Correct the name; Tab completes it."),
        NothingToResumeException => ("NothingToResume", ErrorCategory.ObjectNotFound, "Begin a new harvest: leave -Resume out."),
        AwsServiceException refused => Describe(refused),
        ConnectionException failed => Describe(failed),
        DelegationException failed => Describe(failed),
        RoleSpecException => ("RoleInvalid", ErrorCategory.InvalidArgument, "Correct the value that the message names; nothing was changed."),
        RoleChangeException failed => failed.Remains.Count == 0
            ? ("RoleChange", ErrorCategory.InvalidOperation, "Remove the cause that the message names and run it again; nothing was changed.")
            : ("RoleChangeRemains", ErrorCategory.InvalidResult, "Remove the cause that the message names and run it again: what remains is found and taken up, or remove it with Remove-PostureRole."),
        RolloutException failed => (failed.Remains.Count == 0 ? "Rollout" : "RolloutRemains", ErrorCategory.InvalidResult, "Remove the cause that the message names and run it again: what remains is found and taken up."),
        RoleNotRemovableException kept => ("RoleNotRemovable", ErrorCategory.ResourceBusy, kept.Advice),
        ItemNotFoundException => ("ItemNotFound", ErrorCategory.ObjectNotFound, "Correct the name; a wildcard lists what there is."),
        SessionStateException or ProviderInvocationException => ("PathInvalid", ErrorCategory.InvalidArgument, "Correct the path; it must be of a file system."),
        UnquotableArgumentException => ("Unquotable", ErrorCategory.InvalidArgument, "Choose another -Format, or change the value that the message names."),
        CredentialParameterException => ("CredentialParameters", ErrorCategory.InvalidArgument, "Give one complete set: -AccessKey and -SecretKey, with -SessionToken for temporary keys; or -Credential; or -ProfileName."),
        CredentialException => ("Credential", ErrorCategory.AuthenticationError, "Correct where the connection's credentials come from."),
        AwsConfigurationException => ("AwsConfiguration", ErrorCategory.InvalidArgument, "Correct the setting that the message names."),
        LakeException => ("Lake", ErrorCategory.ReadError, "Correct the lake's folder as the message says, or give another with -LakePath."),
        ContentException => ("RuleFileInvalid", ErrorCategory.InvalidData, "Correct the file at the line that the message names."),
        ArgumentException => ("InvalidArgument", ErrorCategory.InvalidArgument, "Correct the value that the message names."),
        FileNotFoundException or DirectoryNotFoundException => ("PathNotFound", ErrorCategory.ObjectNotFound, "Correct the path, or make the folder that the message names."),
        UnauthorizedAccessException => ("PathAccessDenied", ErrorCategory.PermissionDenied, "Use a folder that you may write to."),
        IOException => ("FileAccess", ErrorCategory.ReadError, "Do what the message says, or use another file."),
        TimeoutException => ("TimedOut", ErrorCategory.OperationTimeout, "Try again."),
        OperationCanceledException => ("Cancelled", ErrorCategory.OperationStopped, null),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };

    private static (string Id, ErrorCategory Category, string? Action) Describe(ConnectionException failed) => failed.Error switch
    {
        ConnectionError.Invalid => ("ConnectionInvalid", ErrorCategory.InvalidArgument, "Correct the value that the message names."),
        ConnectionError.NotFound => ("ConnectionNotFound", ErrorCategory.ObjectNotFound, "Get-PostureConnection lists the connections."),
        ConnectionError.AlreadyExists => ("ConnectionExists", ErrorCategory.ResourceExists, "Choose another name, or replace it with -Force."),
        ConnectionError.InUse => ("ConnectionInUse", ErrorCategory.ResourceBusy, "Give the connections that the message names other credentials first, or use -Force."),
        ConnectionError.Busy => ("ConnectionFileBusy", ErrorCategory.ResourceBusy, "Try again when the other process has finished."),
        ConnectionError.WrongAccount => ("ConnectionWrongAccount", ErrorCategory.SecurityError, "Correct the connection's account, role or credentials."),
        _ => ("ConnectionFile", ErrorCategory.ReadError, "Repair the file that the message names, or set CLOUDPOSTURE_HOME."),
    };

    private static (string Id, ErrorCategory Category, string? Action) Describe(DelegationException failed) => failed.Error switch
    {
        DelegationError.Invalid => ("DelegationInvalid", ErrorCategory.InvalidArgument, "Correct the value that the message names."),
        DelegationError.NotFound => ("DelegationNotFound", ErrorCategory.ObjectNotFound, "Get-DelegationRequest lists the requests."),
        DelegationError.AlreadySent => ("DelegationAlreadySent", ErrorCategory.ResourceExists, "Leave -WorkflowId out to have a new one made."),
        DelegationError.Unconfirmed => ("DelegationUnconfirmed", ErrorCategory.ConnectionError, "Wait for the notification before sending again."),
        DelegationError.NotPartner => ("DelegationNotPartner", ErrorCategory.PermissionDenied, "Use New-PostureRole or Export-PostureTemplate instead."),
        DelegationError.MissingPermission => ("DelegationPermission", ErrorCategory.PermissionDenied, "Grant the permission that the message names, or forward the request."),
        DelegationError.Rejected => ("DelegationRejected", ErrorCategory.PermissionDenied, "Send it again with a new workflow id, when the reason is settled."),
        DelegationError.Expired => ("DelegationExpired", ErrorCategory.OperationTimeout, "Send it again with a new workflow id."),
        DelegationError.NoToken => ("DelegationNoToken", ErrorCategory.ResourceUnavailable, "Pass the notification to Receive-DelegationNotification in this session."),
        DelegationError.RolledBack => ("DelegationRolledBack", ErrorCategory.InvalidResult, "Remove the cause that the message names, then send it again."),
        DelegationError.ConnectionFailed => ("DelegationConnectionFailed", ErrorCategory.ConnectionError, "Complete again; Test-PostureConnection tells what is wrong."),
        DelegationError.NotNotification => ("DelegationNotNotification", ErrorCategory.InvalidData, "Give the message's body as it came."),
        DelegationError.TimedOut => ("DelegationTimedOut", ErrorCategory.OperationTimeout, "Wait again: nothing is lost."),
        DelegationError.Store => ("DelegationStore", ErrorCategory.ReadError, "Repair the file that the message names, or set CLOUDPOSTURE_HOME."),
        _ => ("DelegationState", ErrorCategory.InvalidOperation, null),
    };

    private static (string Id, ErrorCategory Category, string? Action) Describe(AwsServiceException refused) => refused.Kind switch
    {
        AwsErrorKind.AccessDenied when refused.Operation.StartsWith("AssumeRole", StringComparison.Ordinal) =>
            ("AwsAccessDenied", ErrorCategory.PermissionDenied, "Grant the permission, or check the role's trust policy and external ID. Test-PostureConnection tells which."),
        AwsErrorKind.AccessDenied => ("AwsAccessDenied", ErrorCategory.PermissionDenied, $"Grant the permission for {refused.Operation} of {refused.Service} to the credentials that are used, or use others. A policy of the organization may deny it too."),
        AwsErrorKind.ExpiredCredentials => ("AwsExpiredCredentials", ErrorCategory.AuthenticationError, "Sign in again or renew the session token."),
        AwsErrorKind.InvalidCredentials => ("AwsInvalidCredentials", ErrorCategory.AuthenticationError, "Check the access key, the secret key and the session token."),
        AwsErrorKind.ClockSkew => ("AwsClockSkew", ErrorCategory.AuthenticationError, "Set this machine's clock."),
        AwsErrorKind.Unreachable => ("AwsUnreachable", ErrorCategory.ConnectionError, "Check the network, the proxy and the endpoint's address."),
        AwsErrorKind.TimedOut => ("AwsTimedOut", ErrorCategory.OperationTimeout, "Try again; if it lasts, check the network and the endpoint's address."),
        AwsErrorKind.Throttled => ("AwsThrottled", ErrorCategory.LimitsExceeded, "Wait a little and try again."),
        AwsErrorKind.RegionDisabled => ("AwsRegionDisabled", ErrorCategory.ResourceUnavailable, "Enable the Region in the account, or leave it out."),
        AwsErrorKind.NotFound => ("AwsNotFound", ErrorCategory.ObjectNotFound, "Correct the name or id that the message names, or use credentials of the account that has it."),
        AwsErrorKind.Malformed => ("AwsMalformedAnswer", ErrorCategory.ProtocolError, "Check what answers at the endpoint: a proxy may have replaced AWS's answer."),
        AwsErrorKind.Transient => ("AwsTransient", ErrorCategory.ResourceUnavailable, "Try again."),
        _ => ("AwsError", ErrorCategory.InvalidOperation, AdviceOn(refused)),
    };

    private static string AdviceOn(AwsServiceException refused) => refused.Code switch
    {
        "AWSOrganizationsNotInUseException" => "Use credentials of an organization's management account; for an account without one, use New-PostureRole.",
        "ValidationError" or "ValidationException" or "InvalidInput" or "InvalidInputException" => "Correct the value that the message names: AWS knows no such thing, or does not accept its form.",
        "MalformedPolicyDocument" => "Correct the principal or the policy that the message names.",
        "EntityAlreadyExists" => "Choose another name, or remove what has it.",
        "DeleteConflict" => "Remove what the message names first.",
        "LimitExceeded" or "LimitExceededException" => "Remove what is no longer needed, or ask AWS for a higher quota.",
        _ => "Remove the cause that the message names and try again.",
    };
}
