using System;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Errors;

namespace CloudPosture.Connections;

/// <summary>Explains why a role could not be entered, as far as AWS's answer tells.</summary>
internal static class RoleRefusal
{
    /// <param name="problem">STS's refusal.</param>
    /// <param name="role">How the role was asked for.</param>
    /// <param name="caller">Who asked; null where that is not known.</param>
    /// <returns>What is wrong, and what to do.</returns>
    public static (string Detail, Advice Advice) Explain(AwsServiceException problem, RoleRequest role, string? caller)
    {
        if (OfItsOwn(problem, role) is { } advice)
        {
            return (problem.Message, advice);
        }

        var denial = Denial.Parse(problem.ServiceMessage);
        var who = denial.Caller ?? caller ?? "the caller";
        return (denial.Reason, denial.IsExplicit) switch
        {
            (DenialReason.IdentityPolicy, false) => ($"{who} lacks sts:AssumeRole on {role.Role}.", new Advice($"Attach a policy to {who} that allows sts:AssumeRole on {role.Role}.")),
            (DenialReason.IdentityPolicy, true) => ($"A policy of {who} denies sts:AssumeRole on {role.Role}.", new Advice("Find the Deny statement in the caller's policies and except this role.")),
            (DenialReason.TrustPolicy, _) => ($"The trust policy of {role.Role} does not let {who} in.", Trust("", role, who)),
            (DenialReason.ServiceControlPolicy, _) => ($"A service control policy keeps {who} from sts:AssumeRole.", new Advice("Ask the organization's administrators to except this role or caller in the service control policies of the caller's account.")),
            (DenialReason.ResourceControlPolicy, _) => ($"A resource control policy protects {role.Role} from {who}.", new Advice("Ask the organization's administrators to except this caller in the resource control policies of the role's account.")),
            (DenialReason.PermissionsBoundary, _) => ($"The permissions boundary of {who} leaves sts:AssumeRole out.", new Advice($"Allow sts:AssumeRole on {role.Role} in the boundary.")),
            (DenialReason.SessionPolicy, _) => ($"The session policy of {who} leaves sts:AssumeRole out.", new Advice("Make the session without that policy, or allow sts:AssumeRole in it.")),
            (DenialReason.EndpointPolicy, _) => ("The policy of the VPC endpoint for STS refuses sts:AssumeRole.", new Advice($"Allow sts:AssumeRole on {role.Role} in the endpoint's policy.")),
            _ => ($"{who} may not enter {role.Role}; AWS does not say which side refused.", Trust($"Either the role does not exist, or {who} lacks sts:AssumeRole on it, or its trust policy keeps {who} out. ", role, who)),
        };
    }

    /// <summary>What to do where AWS's own words say what is wrong; null where policies must be looked at.</summary>
    private static Advice? OfItsOwn(AwsServiceException problem, RoleRequest role)
    {
        return problem.Kind switch
        {
            _ when Says("MultiFactorAuthentication failed") => role.MfaSerial is { } serial
                ? new Advice($"Give the code that the device shows now: AWS takes each once. The device must be the caller's own, and {serial} its serial number or ARN.", "MfaCodeAgain")
                : new Advice("Name the caller's own MFA device, and give the code that it shows now: AWS takes each once.", "MfaSerial"),
            _ when Says("may not be assumed by root") => new Advice("Use the credentials of a user or a role: AWS lets no root user enter roles."),
            AwsErrorKind.AccessDenied => null,
            _ when Says("DurationSeconds") => new Advice($"Ask for a shorter session than {role.Duration} seconds, or raise the role's maximum session duration; a role entered from another role gets 3600 at most.", "SessionDuration"),
            _ => TestAdvice.On(problem),
        };

        bool Says(string words) => problem.ServiceMessage.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static Advice Trust(string before, RoleRequest role, string who) =>
        new(before + TrustAdvice(role, who), role.ExternalId is null ? "ExternalId" : null);

    private static string TrustAdvice(RoleRequest role, string who) =>
        $"Check that the trust policy of {role.Role.Name} in account {role.Role.AccountId} names {who} or its account"
        + (role.ExternalId is null ? ", and give an external ID (external_id in a profile) if it has a condition on sts:ExternalId" : ", and that its condition on sts:ExternalId holds exactly the external ID given here")
        + (role.MfaSerial is null ? "" : ", and that the MFA device is the caller's own")
        + ". A role or trust policy made less than a minute ago may need a little to spread: then try again shortly.";
}
