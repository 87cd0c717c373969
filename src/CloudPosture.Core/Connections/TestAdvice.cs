using System;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Connections;

/// <summary>What to do about a failure; never nothing.</summary>
internal static class TestAdvice
{
    public static string On(Exception problem) => problem switch
    {
        AwsServiceException refused => On(refused),
        CredentialException { Message: var message } when message.IndexOf("MFA", StringComparison.Ordinal) >= 0 => "Give the code that the device shows now with -MfaCode, or run this at a prompt.",
        CredentialException => "Correct where the connection's credentials come from: what the message names, or the connection with Set-PostureConnection.",
        ConnectionException => "Correct the connection with Set-PostureConnection, or in its file.",
        AwsConfigurationException => "Correct the setting that the message names.",
        _ => "Look at the connection with Get-PostureConnection, and correct what does not fit.",
    };

    private static string On(AwsServiceException problem) => problem.Kind switch
    {
        AwsErrorKind.ClockSkew => "Set this machine's clock by a time server.",
        AwsErrorKind.Unreachable => "Check network, proxy (HTTPS_PROXY) and endpoint (-EndpointUrl, AWS_ENDPOINT_URL).",
        AwsErrorKind.TimedOut => "Try again; if it lasts, check network, proxy (HTTPS_PROXY) and endpoint (-EndpointUrl, AWS_ENDPOINT_URL).",
        AwsErrorKind.ExpiredCredentials => "Renew the credentials: sign in again, or give new keys.",
        AwsErrorKind.InvalidCredentials => "Check the keys: they may be mistyped, deleted, inactive, or of another partition.",
        AwsErrorKind.RegionDisabled => "Enable the Region in the account, and STS in it (IAM console, Account settings), or name another Region (-Region, AWS_REGION, the profile's region).",
        AwsErrorKind.Throttled => "Wait a little and try again.",
        AwsErrorKind.Transient => "Try again.",
        AwsErrorKind.Malformed => "See what answers at the endpoint: a proxy may have put a page of its own in place of AWS's answer.",
        AwsErrorKind.UnknownOperation => "See what answers at the endpoint (-EndpointUrl, AWS_ENDPOINT_URL): it does not know the operation.",
        AwsErrorKind.AccessDenied when problem.Operation == "AssumeRoleWithWebIdentity" => "Check that the role's trust policy names the token's issuer as a federated principal, and that its conditions on audience and subject hold.",
        AwsErrorKind.AccessDenied when problem.Operation == "AssumeRole" => "Check the role's trust policy, its external ID, and that the caller has sts:AssumeRole on it.",
        AwsErrorKind.AccessDenied => "Allow the action that the message names: attach SecurityAudit, or the policy of Get-PosturePolicy.",
        _ => "See what AWS says above; if it stays, look the error's code up in the service's API reference.",
    };
}
