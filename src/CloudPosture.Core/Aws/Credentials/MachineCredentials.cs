using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>Credentials that this process was given, or that the machine or container it runs on has.</summary>
internal sealed class MachineCredentials(CredentialEnvironment environment)
{
    /// <summary>Keys as the user gave them.</summary>
    public ResolvedCredentials OfKeys(SessionKeys keys) => Fixed(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, keys.Origin);

    public ResolvedCredentials OfEnvironment(CredentialReference reference)
    {
        var own = reference.AccessKeyVariable is not null;
        var id = reference.AccessKeyVariable ?? "AWS_ACCESS_KEY_ID";
        var secret = reference.SecretKeyVariable ?? "AWS_SECRET_ACCESS_KEY";
        var token = reference.SessionTokenVariable ?? (own ? null : environment.Variable("AWS_SESSION_TOKEN") is null ? "AWS_SECURITY_TOKEN" : "AWS_SESSION_TOKEN");
        var stated = own ? null : environment.Variable("AWS_CREDENTIAL_EXPIRATION");
        var end = DateTimeOffset.TryParse(stated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        return Fixed(environment.Demand(id), environment.Demand(secret), token is null ? null : environment.Variable(token), $"environment variable {id}", end);
    }

    public ResolvedCredentials OfContainer() => environment.HasContainer
        ? new ResolvedCredentials { Credentials = new ContainerCredentials(environment), Source = "container role", Region = environment.Region, IsRoleSession = true }
        : throw new CredentialException("This is no ECS or EKS container with a role: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set.");

    public async Task<ResolvedCredentials> OfInstanceAsync(CancellationToken cancellationToken)
    {
        if (string.Equals(environment.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new CredentialException("The instance's role cannot be asked for: AWS_EC2_METADATA_DISABLED is set.");
        }

        try
        {
            var credentials = new InstanceCredentials(InstanceCredentials.Service(environment));
            await credentials.FindRoleAsync(cancellationToken).ConfigureAwait(false);
            return new ResolvedCredentials { Credentials = credentials, Source = $"instance role {credentials.Role}", Region = environment.Region, IsRoleSession = true };
        }
        catch (LocalCredentialsException problem)
        {
            throw new CredentialException("The instance metadata service gave no role. Is this an EC2 instance with an instance profile, and its metadata service (version 2) enabled?", problem);
        }
    }

    private ResolvedCredentials Fixed(string id, string secret, string? token, string source, DateTimeOffset? end = null) => new()
    {
        Credentials = token is null ? new BasicAWSCredentials(id, secret) : new SessionAWSCredentials(id, secret, token),
        Source = source,
        Renews = token is null,
        Region = environment.Region,
        FixedEnd = end,
    };
}
