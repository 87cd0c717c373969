using System;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>What to do about a failure; never nothing.</summary>
internal static class TestAdvice
{
    public static Advice On(Exception problem) => problem switch
    {
        AwsServiceException refused => On(refused),
        CredentialException { Advice: { } own } => own,
        ConnectionException { Advice: { Id: not null } own } => own,
        CredentialException => new Advice("Correct where the connection's credentials come from: what the message names, or the connection.", "ConnectionChange"),
        ConnectionException => new Advice("Correct the connection, here or in its file.", "ConnectionChange"),
        AwsConfigurationException => new Advice("Correct the setting that the message names."),
        _ => new Advice("Look at the connection, and correct what does not fit.", "ConnectionLook"),
    };

    /// <summary>How an action is allowed that a harvest needs.</summary>
    public static Advice Allow(string action) => new($"Allow {action}: attach SecurityAudit, or the policy with what is beyond it.", "PolicyNeeded");

    private static Advice On(AwsServiceException problem) => problem.Kind switch
    {
        AwsErrorKind.ClockSkew => new Advice("Set this machine's clock by a time server."),
        AwsErrorKind.Unreachable => new Advice("Check network, proxy (HTTPS_PROXY) and endpoint (AWS_ENDPOINT_URL).", "EndpointUrl"),
        AwsErrorKind.TimedOut => new Advice("Try again; if it lasts, check network, proxy (HTTPS_PROXY) and endpoint (AWS_ENDPOINT_URL).", "EndpointUrl"),
        AwsErrorKind.ExpiredCredentials => new Advice("Renew the credentials: sign in again, or give new keys."),
        AwsErrorKind.InvalidCredentials => new Advice("Check the keys: they may be mistyped, deleted, inactive, or of another partition."),
        AwsErrorKind.RegionDisabled => new Advice("Enable the Region in the account, and STS in it (IAM console, Account settings), or name another Region (AWS_REGION, the profile's region).", "Region"),
        AwsErrorKind.Throttled => new Advice("Wait a little and try again."),
        AwsErrorKind.Transient => new Advice("Try again."),
        AwsErrorKind.Malformed => new Advice("See what answers at the endpoint: a proxy may have put a page of its own in place of AWS's answer."),
        AwsErrorKind.UnknownOperation => new Advice("See what answers at the endpoint (AWS_ENDPOINT_URL): it does not know the operation.", "EndpointUrl"),
        AwsErrorKind.AccessDenied when problem.Operation == "AssumeRoleWithWebIdentity" => new Advice("Check that the role's trust policy names the token's issuer as a federated principal, and that its conditions on audience and subject hold."),
        AwsErrorKind.AccessDenied when problem.Operation == "AssumeRole" => new Advice("Check the role's trust policy, its external ID, and that the caller has sts:AssumeRole on it."),
        AwsErrorKind.AccessDenied => Allow("the action that the message names"),
        _ => new Advice("See what AWS says above; if it stays, look the error's code up in the service's API reference."),
    };
}
