using System;
using Amazon.Runtime;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Aws.Credentials;

/// <summary>Says why credentials that were found cannot be had, and what to do.</summary>
internal static class UnusableCredentials
{
    public static CredentialException Error(ResolvedCredentials found, Exception problem) => found.Credentials switch
    {
        // What the process printed may hold the keys: neither it nor the exception that carries it is passed on.
        ProcessCredentials => new CredentialException($"The credential_process of {found.Source} gave no credentials{(problem is ProcessCredentialsException told ? $": it {told.Message}" : "")}. Run the command by hand to see why."),
        SSOAWSCredentials => new CredentialException($"The sign-in of {found.Source} has ended or was never made. Run 'aws sso login' for that profile and try again.", NetworkFailure.Harmless(problem)),
        InstanceCredentials => new CredentialException("The instance's role gave no credentials. Is this an EC2 instance with an instance profile, and its metadata service (version 2) enabled?", NetworkFailure.Harmless(problem)),
        ContainerCredentials => new CredentialException($"The container's credentials endpoint gave no credentials{(problem is LocalCredentialsException ? $" ({problem.Message})" : "")}. Check the task's role, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI, and the authorization token.", NetworkFailure.Harmless(problem)),
        _ => new CredentialException($"The credentials of {found.Source} cannot be used: {problem.GetType().Name}. Check them with 'aws sts get-caller-identity'."),
    };
}
