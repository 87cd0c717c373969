using System;
using CloudPosture.Errors;

namespace CloudPosture.Aws;

/// <summary>What to do about a call that AWS refused or that never reached it.</summary>
internal static class AwsErrorAdvice
{
    /// <summary>The error's id, its category and the advice on it.</summary>
    public static (string Id, ErrorKind Category, Advice Advice) Of(AwsServiceException refused)
    {
        var (id, category, text) = refused.Kind switch
        {
            AwsErrorKind.AccessDenied when refused.Operation.StartsWith("AssumeRole", StringComparison.Ordinal) =>
                ("AwsAccessDenied", ErrorKind.Denied, "Grant the permission, or check the role's trust policy and external ID."),
            AwsErrorKind.AccessDenied => ("AwsAccessDenied", ErrorKind.Denied, $"Grant the permission for {refused.Operation} of {refused.Service} to the credentials that are used, or use others. A policy of the organization may deny it too."),
            AwsErrorKind.ExpiredCredentials => ("AwsExpiredCredentials", ErrorKind.Unauthenticated, "Sign in again or renew the session token."),
            AwsErrorKind.InvalidCredentials => ("AwsInvalidCredentials", ErrorKind.Unauthenticated, "Check the access key, the secret key and the session token."),
            AwsErrorKind.ClockSkew => ("AwsClockSkew", ErrorKind.Unauthenticated, "Set this machine's clock."),
            AwsErrorKind.Unreachable => ("AwsUnreachable", ErrorKind.Connection, "Check the network, the proxy and the endpoint's address."),
            AwsErrorKind.TimedOut => ("AwsTimedOut", ErrorKind.TimedOut, "Try again; if it lasts, check the network and the endpoint's address."),
            AwsErrorKind.Throttled => ("AwsThrottled", ErrorKind.Limit, "Wait a little and try again."),
            AwsErrorKind.RegionDisabled => ("AwsRegionDisabled", ErrorKind.Unavailable, "Enable the Region in the account, or leave it out."),
            AwsErrorKind.NotFound => ("AwsNotFound", ErrorKind.NotFound, "Correct the name or id that the message names, or use credentials of the account that has it."),
            AwsErrorKind.Malformed => ("AwsMalformedAnswer", ErrorKind.Protocol, "Check what answers at the endpoint: a proxy may have replaced AWS's answer."),
            AwsErrorKind.Transient => ("AwsTransient", ErrorKind.Unavailable, "Try again."),
            _ => ("AwsError", ErrorKind.InvalidOperation, ByCode(refused.Code)),
        };
        return (id, category, new Advice(text, HostsOwn(refused)));
    }

    private static string? HostsOwn(AwsServiceException refused) =>
        refused.Kind == AwsErrorKind.AccessDenied && refused.Operation.StartsWith("AssumeRole", StringComparison.Ordinal) ? "RoleEntryDenied"
        : refused is { Kind: AwsErrorKind.AccessDenied, Operation: "BatchImportFindings" } ? "RolePublisher"
        : refused.Code == "AWSOrganizationsNotInUseException" ? "OrganizationNone"
        : null;

    private static string ByCode(string code) => code switch
    {
        "AWSOrganizationsNotInUseException" => "Use credentials of an organization's management account; for an account without one, make the role of one account.",
        "ValidationError" or "ValidationException" or "InvalidInput" or "InvalidInputException" => "Correct the value that the message names: AWS knows no such thing, or does not accept its form.",
        "MalformedPolicyDocument" => "Correct the principal or the policy that the message names.",
        "EntityAlreadyExists" => "Choose another name, or remove what has it.",
        "DeleteConflict" => "Remove what the message names first.",
        "LimitExceeded" or "LimitExceededException" => "Remove what is no longer needed, or ask AWS for a higher quota.",
        _ => "Remove the cause that the message names and try again.",
    };
}
