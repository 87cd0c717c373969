using System;
using System.Collections.Generic;
using System.Net;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Tells what a refusal means.</summary>
internal static class ErrorClassifier
{
    // AWS accepts signatures that are up to five minutes old; a clock that is less wrong is not the cause.
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromMinutes(4);

    private static readonly HashSet<string> Throttling = new(StringComparer.OrdinalIgnoreCase)
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete", "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    };

    private static readonly HashSet<string> Denied = new(StringComparer.OrdinalIgnoreCase)
    {
        "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "Forbidden", "ForbiddenException", "NotAuthorized",
        "UnauthorizedAccess", "UnauthorizedException", "UnauthorizedOperation",
    };

    private static readonly HashSet<string> Expired = new(StringComparer.OrdinalIgnoreCase)
    {
        "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired",
    };

    private static readonly HashSet<string> Skewed = new(StringComparer.OrdinalIgnoreCase) { "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed" };

    private static readonly HashSet<string> Unknown = new(StringComparer.OrdinalIgnoreCase)
    {
        "AuthFailure", "IncompleteSignature", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSignatureException", "InvalidToken",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException", "SignatureDoesNotMatch", "UnrecognizedClientException",
    };

    // A Region that the account has not enabled does not know the account's credentials.
    private static readonly HashSet<string> UnknownInDisabledRegion = new(StringComparer.OrdinalIgnoreCase)
    {
        "AuthFailure", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken", "UnrecognizedClientException",
    };

    private static readonly HashSet<string> Disabled = new(StringComparer.OrdinalIgnoreCase) { "OptInRequired", "RegionDisabledException" };

    private static readonly HashSet<string> Faults = new(StringComparer.OrdinalIgnoreCase)
    {
        "IDPCommunicationError", "InternalError", "InternalFailure", "InternalServerError", "InternalServerException", "RequestTimeout", "RequestTimeoutException",
        "ServiceFailure", "ServiceUnavailable", "ServiceUnavailableException",
    };

    // What servers say of an operation that is not theirs; AWS itself where a service is older in a Region than its model.
    private static readonly HashSet<string> NotOffered = new(StringComparer.OrdinalIgnoreCase)
    {
        "InvalidAction", "NotImplemented", "UnknownOperation", "UnknownOperationException",
    };

    /// <summary>Classifies a refusal.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="error">What the answer says.</param>
    /// <param name="region">The Region that was called.</param>
    /// <param name="skew">How far this machine's clock is ahead of the service's; null where the answer has no date.</param>
    public static AwsErrorKind Classify(OperationModel operation, HttpStatusCode status, ErrorDetails error, string region, TimeSpan? skew)
    {
        var code = error.Code;
        var isSkewed = skew is { } ahead && ahead.Duration() > TolerableSkew;
        return code switch
        {
            _ when IsNotOffered(status, code) => AwsErrorKind.UnknownOperation,
            _ when Throttling.Contains(code) && !IsQuota(operation, code) => AwsErrorKind.Throttled,
            _ when (int)status == 429 || IsSlowDown(operation, status, code) => AwsErrorKind.Throttled,
            _ when Skewed.Contains(code) && (isSkewed || code != "RequestExpired") => AwsErrorKind.ClockSkew,
            _ when Unknown.Contains(code) && (isSkewed || IsAboutTime(error.Message)) => AwsErrorKind.ClockSkew,
            _ when Expired.Contains(code) || code == "RequestExpired" => AwsErrorKind.ExpiredCredentials,
            _ when Disabled.Contains(code) => AwsErrorKind.RegionDisabled,
            _ when UnknownInDisabledRegion.Contains(code) && EndpointResolver.IsOptIn(region) => AwsErrorKind.RegionDisabled,
            _ when Unknown.Contains(code) => AwsErrorKind.InvalidCredentials,
            _ when Denied.Contains(code) => AwsErrorKind.AccessDenied,
            _ when Faults.Contains(code) || status == HttpStatusCode.RequestTimeout || (int)status >= 500 => AwsErrorKind.Transient,
            _ when status == HttpStatusCode.NotFound => AwsErrorKind.NotFound,
            _ when status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized && code.Length == 0 => AwsErrorKind.AccessDenied,
            _ => AwsErrorKind.Other,
        };
    }

    /// <summary>A resource that does not exist is refused with a code; a path that leads nowhere is not.</summary>
    private static bool IsNotOffered(HttpStatusCode status, string code) =>
        NotOffered.Contains(code) || status == HttpStatusCode.NotImplemented || (status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed && code.Length == 0);

    /// <summary>CloudFormation's LimitExceededException is about how many stacks there may be, and no pause helps.</summary>
    private static bool IsQuota(OperationModel operation, string code) =>
        operation.Service.Name == "cloudformation" && code.Equals("LimitExceededException", StringComparison.OrdinalIgnoreCase);

    /// <summary>S3 says "Please reduce your request rate" by 503, with the code SlowDown or ServiceUnavailable; a gateway's 503 has no code.</summary>
    private static bool IsSlowDown(OperationModel operation, HttpStatusCode status, string code) =>
        status == HttpStatusCode.ServiceUnavailable && code.Length > 0 && operation.Service.Name is "s3" or "s3control";

    private static bool IsAboutTime(string message) =>
        message.StartsWith("Signature expired", StringComparison.OrdinalIgnoreCase) || message.StartsWith("Signature not yet current", StringComparison.OrdinalIgnoreCase);
}
