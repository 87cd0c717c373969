using CloudPosture.Aws.Models;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.Auth;

/// <summary>How each family of services words what is wrong with a request's credentials or rights.</summary>
internal static class AuthErrors
{
    private const string InvalidToken = "The security token included in the request is invalid.";
    private const string ExpiredToken = "The security token included in the request is expired";

    public static AwsError Missing(ServiceModel service) => service switch
    {
        { Name: "s3" or "s3control" } => new AwsError("AccessDenied", "Access Denied", 403),
        { Protocol: AwsProtocol.Json or AwsProtocol.RestJson } => new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403),
        _ => new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
    };

    public static AwsError Incomplete(ServiceModel service, string what) => service.Protocol is AwsProtocol.Json or AwsProtocol.RestJson
        ? new AwsError("IncompleteSignatureException", what, 403)
        : new AwsError("IncompleteSignature", what, 403);

    public static AwsError UnknownKey(ServiceModel service) => service switch
    {
        { Name: "s3" or "s3control" } => new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
        { Protocol: AwsProtocol.Ec2 } => new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", 401),
        { Protocol: AwsProtocol.Json } => new AwsError("UnrecognizedClientException", InvalidToken),
        { Protocol: AwsProtocol.RestJson } => new AwsError("UnrecognizedClientException", InvalidToken, 403),
        _ => new AwsError("InvalidClientTokenId", InvalidToken, 403),
    };

    public static AwsError Expired(ServiceModel service) => service switch
    {
        { Name: "s3" or "s3control" } => new AwsError("ExpiredToken", "The provided token has expired."),
        { Protocol: AwsProtocol.Ec2 } => new AwsError("RequestExpired", "Request has expired."),
        { Protocol: AwsProtocol.Json } => new AwsError("ExpiredTokenException", ExpiredToken),
        { Protocol: AwsProtocol.RestJson } => new AwsError("ExpiredTokenException", ExpiredToken, 403),
        _ => new AwsError("ExpiredToken", ExpiredToken, 403),
    };

    public static AwsError Skewed(ServiceModel service, string requestTime, string serverTime)
    {
        var message = $"Signature expired: {requestTime} is now earlier than {serverTime} (5 min.)";
        return service switch
        {
            { Name: "s3" or "s3control" } => new AwsError("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403),
            { Protocol: AwsProtocol.Ec2 } => new AwsError("RequestExpired", "Request has expired."),
            { Protocol: AwsProtocol.Json } => new AwsError("InvalidSignatureException", message),
            { Protocol: AwsProtocol.RestJson } => new AwsError("InvalidSignatureException", message, 403),
            _ => new AwsError("SignatureDoesNotMatch", message, 403),
        };
    }

    public static AwsError WrongSignature(ServiceModel service)
    {
        const string Message = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";
        return service.Protocol switch
        {
            AwsProtocol.Ec2 => new AwsError("AuthFailure", "AWS was not able to validate the provided access credentials", 401),
            AwsProtocol.Json => new AwsError("InvalidSignatureException", Message),
            AwsProtocol.RestJson => new AwsError("InvalidSignatureException", Message, 403),
            _ => new AwsError("SignatureDoesNotMatch", Message, 403),
        };
    }

    public static AwsError Denied(ServiceModel service, string principal, string action, string resource = "*")
    {
        var message = $"User: {principal} is not authorized to perform: {action} on resource: {resource} because no identity-based policy allows the {action} action";
        return service switch
        {
            { Protocol: AwsProtocol.Ec2 } => new AwsError("UnauthorizedOperation", "You are not authorized to perform this operation. " + message, 403),
            { Name: "sns" } => new AwsError("AuthorizationError", message, 403),
            { Protocol: AwsProtocol.Json } => new AwsError("AccessDeniedException", message),
            { Protocol: AwsProtocol.RestJson } => new AwsError("AccessDeniedException", message, 403),
            _ => new AwsError("AccessDenied", message, 403),
        };
    }

    public static AwsError Throttled(ServiceModel service) => service switch
    {
        { Name: "s3" or "s3control" } => new AwsError("SlowDown", "Please reduce your request rate.", 503),
        { Name: "organizations" or "lambda" or "apigateway" or "apigatewayv2" } => new AwsError("TooManyRequestsException", "Too Many Requests", service.Name == "organizations" ? 400 : 429),
        { Protocol: AwsProtocol.Ec2 } => new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503),
        { Protocol: AwsProtocol.Json } => new AwsError("ThrottlingException", "Rate exceeded"),
        { Protocol: AwsProtocol.RestJson } => new AwsError("ThrottlingException", "Rate exceeded", 429),
        _ => new AwsError("Throttling", "Rate exceeded"),
    };
}
