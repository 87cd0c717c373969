using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>Credentials are resolved through the SDK's own files and providers, against servers on loopback.</summary>
[Collection(EnvironmentCollection.Name)]
public abstract class CredentialTest : IAsyncLifetime
{
    private protected const string Secret = "planted/secret+KEY0000000000000000000000";
    private protected const string Token = "planted-session-token";
    private protected const string Role = "arn:aws:iam::111122223333:role/audit/Reader";
    private protected readonly ScratchFolder _scratch = new();
    private protected readonly ProcessEnvironment _environment = new();
    private protected readonly LoopbackServer _server;
    private protected readonly LoopbackServer _metadata;
    private protected readonly AwsClient _client;
    private protected TimeSpan _sessionLength = TimeSpan.FromHours(1);
    private int _sessions;

    private protected CredentialTest(EnvironmentCollection shared)
    {
        _metadata = shared.Metadata;
        _metadata.Requests.Clear();
        _server = new LoopbackServer(Answer);
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _server.Url });
        foreach (var name in new[] { "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CREDENTIAL_EXPIRATION" })
        {
            _environment[name] = null;
        }

        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = _metadata.Url.ToString().TrimEnd('/');
        _environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _environment["AWS_SHARED_CREDENTIALS_FILE"] = _scratch.File("credentials");
        _environment["AWS_CONFIG_FILE"] = _scratch.File("config");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _environment.Dispose();
        _scratch.Dispose();
    }

    private protected static CredentialReference Profile(string name) => new() { Kind = CredentialKind.Profile, ProfileName = name };

    private protected Task<ResolvedCredentials> Resolve(CredentialReference reference, SessionKeys? keys = null) => new CredentialResolver(_client).ResolveAsync(reference, keys, default);

    private protected Task<CredentialException> Refused(CredentialReference reference) => Assert.ThrowsAsync<CredentialException>(() => Resolve(reference));

    private protected static async Task ExpectKey(string id, ResolvedCredentials found) => Assert.Equal(id, (await found.Credentials.GetCredentialsAsync()).AccessKey);

    private protected IEnumerable<IReadOnlyDictionary<string, string>> AssumeRoleForms() =>
        _server.Requests.Where(request => request.Body.Contains("Action=AssumeRole", StringComparison.Ordinal)).Select(request => request.Form);

    private (int Status, string Body) Answer(LoopbackRequest request) => (request.Method, request.Path) switch
    {
        ("GET", "/container") => (200, Keys("ASIACONTAINER")),
        ("GET", var path) when path.StartsWith("/federation/credentials", StringComparison.Ordinal) => (200, $$"""{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "{{Secret}}", "sessionToken": "{{Token}}", "expiration": 4070908800000} }"""),
        ("POST", _) => (200, Session(request.Form["Action"])),
        _ => (404, ""),
    };

    private static string Keys(string id) =>
        $$"""{"AccessKeyId": "{{id}}", "SecretAccessKey": "{{Secret}}", "Token": "{{Token}}", "Expiration": "2099-01-01T00:00:00Z"}""";

    private string Session(string action) =>
        $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>
        <AccessKeyId>ASIASTS{++_sessions}</AccessKeyId><SecretAccessKey>sts-secret</SecretAccessKey><SessionToken>sts-token</SessionToken>
        <Expiration>{(DateTimeOffset.UtcNow + _sessionLength).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</Expiration>
        </Credentials></{action}Result></{action}Response>
        """;
}
