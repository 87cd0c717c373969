using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>Credentials of profiles: what stands in them, or a role that is entered with those of another.</summary>
internal sealed class ProfileCredentials(CredentialEnvironment environment, MachineCredentials machine, RoleEntrance roles)
{
    /// <summary>The credentials of a profile.</summary>
    public Task<ResolvedCredentials> FindAsync(string name, ProfileFiles files, CancellationToken cancellationToken) =>
        OfProfileAsync(name, new ProfileWalk(files, files.EndpointsOf(name)), cancellationToken);

    private async Task<ResolvedCredentials> OfProfileAsync(string name, ProfileWalk walk, CancellationToken cancellationToken)
    {
        var isSource = walk.Visited.Count > 0;
        var profile = walk.Files.Get(name);
        var source = $"profile '{name}'";
        if (profile.RoleArn is not { } roleArn || (isSource && profile.HasKeys))
        {
            return OfPlainProfile(profile, source) with { Endpoints = walk.Endpoints };
        }

        if (!walk.Visited.Add(name))
        {
            throw new CredentialException($"The profiles {string.Join(", ", walk.Visited)} take their credentials from each other in a circle. Correct source_profile.");
        }

        if (profile["web_identity_token_file"] is { } token)
        {
            return roles.OfWebIdentity(roleArn, token, profile["role_session_name"], source, profile.Region, walk.Endpoints);
        }

        var origin = await BaseOfAsync(profile, walk, cancellationToken).ConfigureAwait(false);
        var request = new RoleRequest { Role = RoleEntrance.Role(roleArn, source), ExternalId = profile["external_id"], MfaSerial = profile["mfa_serial"], Duration = walk.Files.DurationOf(profile) ?? RoleRequest.LongestChainedSession };
        return roles.Enter(
            origin with { Source = $"{source} ({origin.Source})", Region = profile.Region ?? origin.Region, Endpoints = walk.Endpoints },
            profile["role_session_name"] is { } session ? request with { SessionName = session } : request);
    }

    private async Task<ResolvedCredentials> BaseOfAsync(AwsProfile profile, ProfileWalk walk, CancellationToken cancellationToken)
    {
        var source = profile["credential_source"];
        return (profile.SourceProfile, source?.ToUpperInvariant()) switch
        {
            ({ } other, null) => await OfProfileAsync(other, walk, cancellationToken).ConfigureAwait(false),
            (null, "ENVIRONMENT") => machine.OfEnvironment(new CredentialReference { Kind = CredentialKind.Environment }),
            (null, "EC2INSTANCEMETADATA") => await machine.OfInstanceAsync(cancellationToken).ConfigureAwait(false),
            (null, "ECSCONTAINER") => machine.OfContainer(),
            ({ }, { }) => throw new CredentialException($"The profile '{profile.Name}' has both source_profile and credential_source. Remove one."),
            _ => throw new CredentialException($"The profile '{profile.Name}' has a role_arn but neither source_profile nor a credential_source out of Environment, Ec2InstanceMetadata and EcsContainer. Add one."),
        };
    }

    private ResolvedCredentials OfPlainProfile(AwsProfile profile, string source)
    {
        AWSCredentials credentials;
        try
        {
            credentials = profile.ToCredentials();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new CredentialException($"The {source} is incomplete: it has neither keys, role_arn, sso_session, credential_process nor web_identity_token_file as they should be. Correct it with 'aws configure --profile {profile.Name}'.");
        }

        return new ResolvedCredentials
        {
            Credentials = credentials,
            Source = source,
            Renews = credentials is not SessionAWSCredentials,
            Region = profile.Region ?? environment.Region,
            IsRoleSession = credentials is SSOAWSCredentials,
            AccountId = profile["sso_account_id"],
        };
    }
}
