using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using CloudPosture.Files;

namespace CloudPosture.Aws.Credentials;

/// <summary>The role of an ECS task or EKS pod ("Container credential provider", AWS SDKs and Tools Reference Guide).</summary>
internal sealed class ContainerCredentials(CredentialEnvironment environment) : LocalCredentials
{
    private const int LongestToken = 64 << 10;
    private static readonly Uri Ecs = new("http://169.254.170.2");

    // Over HTTP the token goes to these alone: loopback, and where ECS and EKS have their agents.
    private static readonly string[] Agents = ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"];

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync() =>
        Read(await AskAsync(HttpMethod.Get, Address(), CredentialFetch.Token, Token() is { } token ? [("Authorization", token)] : []).ConfigureAwait(false));

    private static bool IsTrusted(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return true;
        }

        return address.Scheme == Uri.UriSchemeHttp
            && (address.DnsSafeHost.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(address.DnsSafeHost, out var host) && (IPAddress.IsLoopback(host) || Agents.Any(agent => IPAddress.Parse(agent).Equals(host)))));
    }

    private Uri Address()
    {
        if (environment.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } path)
        {
            return path[0] == '/' && Uri.TryCreate(Ecs, path, out var relative) && relative.Host == Ecs.Host
                ? relative
                : throw new LocalCredentialsException("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path like /v2/credentials/id");
        }

        return Uri.TryCreate(environment.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"), UriKind.Absolute, out var full) && IsTrusted(full)
            ? full
            : throw new LocalCredentialsException("AWS_CONTAINER_CREDENTIALS_FULL_URI must be HTTPS, or HTTP of this machine or of the agents of ECS and EKS");
    }

    /// <summary>Read anew each time: EKS replaces it.</summary>
    private string? Token()
    {
        var token = environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } file ? TokenOf(file) : environment.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        return token?.Trim() is not { } text || text.IndexOfAny(['\r', '\n']) < 0 ? token?.Trim() : throw new LocalCredentialsException("the authorization token is of several lines");
    }

    private static string TokenOf(string file)
    {
        try
        {
            return GivenFile.ReadText(file, LongestToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new LocalCredentialsException($"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE cannot be read: {problem.Message.TrimEnd('.')}");
        }
    }
}
