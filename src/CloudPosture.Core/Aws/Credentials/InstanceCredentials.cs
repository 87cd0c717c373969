using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Time;

namespace CloudPosture.Aws.Credentials;

/// <summary>The role of an EC2 instance, by version 2 of its metadata service ("Retrieve security credentials from instance metadata", Amazon EC2 User Guide).</summary>
internal sealed class InstanceCredentials(Uri service) : LocalCredentials
{
    private const string Folder = "/latest/meta-data/iam/security-credentials/";

    // While the service fails, what it gave last is used on: AWS may still take it, and says so if not.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private ImmutableCredentials? _last;

    /// <summary>The role's name; null before it was asked for.</summary>
    public string? Role { get; private set; }

    /// <summary>The metadata service that the environment names, or the one of every instance.</summary>
    /// <exception cref="LocalCredentialsException">The environment names none that can be.</exception>
    public static Uri Service(CredentialEnvironment environment)
    {
        if (environment.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT") is { } named)
        {
            return Uri.TryCreate(named, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                ? address
                : throw new LocalCredentialsException("AWS_EC2_METADATA_SERVICE_ENDPOINT is no address like http://169.254.169.254");
        }

        return new Uri(string.Equals(environment.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"), "IPv6", StringComparison.OrdinalIgnoreCase) ? "http://[fd00:ec2::254]" : "http://169.254.169.254");
    }

    /// <summary>Asks which role there is.</summary>
    public async Task FindRoleAsync(CancellationToken cancellationToken) =>
        Role = RoleOf(await GetAsync(Folder, await TokenAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        try
        {
            var token = await TokenAsync(CredentialFetch.Token).ConfigureAwait(false);
            Role = RoleOf(await GetAsync(Folder, token, CredentialFetch.Token).ConfigureAwait(false));
            var state = Read(await GetAsync(Folder + Role, token, CredentialFetch.Token).ConfigureAwait(false));
            _last = state.Credentials;
            var now = TimeProvider.System.UtcNow.UtcDateTime;
            return state.Expiration > now ? state : new CredentialsRefreshState(state.Credentials, now + Grace);
        }
        catch (LocalCredentialsException) when (_last is not null)
        {
            return new CredentialsRefreshState(_last, TimeProvider.System.UtcNow.UtcDateTime + Grace);
        }
    }

    private static string RoleOf(string listed) =>
        listed.Split('\n')[0].Trim() is { Length: > 0 and <= 64 } role && role.All(letter => letter is > ' ' and < (char)127 and not '/')
            ? role
            : throw new LocalCredentialsException("it names no role");

    private Task<string> TokenAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Put, new Uri(service, "/latest/api/token"), cancellationToken, ("X-aws-ec2-metadata-token-ttl-seconds", "21600"));

    private Task<string> GetAsync(string path, string token, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, new Uri(service, path), cancellationToken, ("X-aws-ec2-metadata-token", token.Trim()));
}
