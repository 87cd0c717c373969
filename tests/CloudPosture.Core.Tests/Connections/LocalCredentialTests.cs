using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>What an instance or a container gives is taken as AWS documents it, and only from where AWS has its agents.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class LocalCredentialTests : IAsyncLifetime
{
    private const string Keys = """{"AccessKeyId": "ASIACONTAINER", "SecretAccessKey": "planted-secret", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"}""";
    private readonly ScratchFolder _scratch = new();
    private readonly ProcessEnvironment _environment = new();
    private readonly LoopbackServer _server;
    private readonly AwsClient _client;
    private (int Status, string Body) _answer = (200, Keys);

    public LocalCredentialTests()
    {
        _server = new LoopbackServer(_ => _answer);
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _server.Url });
        foreach (var name in new[] { "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE" })
        {
            _environment[name] = null;
        }

        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(_server.Url, "container").ToString();
        _environment["AWS_EC2_METADATA_DISABLED"] = "false";
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = _server.Url.ToString();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _environment.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task An_answer_longer_than_credentials_ever_are_is_refused_and_asked_for_once()
    {
        _answer = (200, new string(' ', 1 << 20) + Keys);

        Assert.Contains("longer than credentials ever are", await RefusedAsync(), StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("{\"AccessKeyId\": \"ASIACONTAINER\", \"SecretAccessKey\": \"planted-secret")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"planted-secret\", \"Token\": 5, \"Expiration\": \"2099-01-01T00:00:00Z\"}")]
    [InlineData("{\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"planted-secret\", \"Token\": \"t\", \"Expiration\": \"planted-secret\"}")]
    [InlineData("{\"Code\": \"AssumeRoleUnauthorizedAccess\", \"Message\": \"planted-secret\"}")]
    public async Task What_holds_no_credentials_is_told_and_not_repeated(string body)
    {
        _answer = (200, body);

        Assert.Contains("gave no credentials", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(500, 3)]
    public async Task A_fault_is_asked_again_and_a_refusal_is_not(int status, int asked)
    {
        _answer = (status, "planted-secret");

        Assert.Contains($"status {status}", await RefusedAsync(), StringComparison.Ordinal);
        Assert.Equal(asked, _server.Requests.Count);
    }

    [Theory]
    [InlineData("http://192.0.2.7/credentials")]
    [InlineData("http://169.254.169.254/credentials")]
    [InlineData("http://127.0.0.1.example.com/credentials")]
    [InlineData("ftp://127.0.0.1/credentials")]
    [InlineData("credentials")]
    public async Task The_token_goes_to_nobody_else(string address)
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = address;

        Assert.Contains("must be HTTPS, or HTTP of this machine", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@192.0.2.7/x")]
    [InlineData("//192.0.2.7/x")]
    [InlineData("http://192.0.2.7/x")]
    public async Task A_relative_address_leads_nowhere_else(string path)
    {
        _environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = path;

        Assert.Contains("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_read_from_its_file_each_time()
    {
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "other";
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = _scratch.Write("token", "first\n");
        await ResolveAsync();
        _scratch.Write("token", "second");
        await ResolveAsync();

        Assert.Equal(["first", "second"], _server.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Theory]
    [InlineData("planted-secret\r\nX-Other: 1", "several lines")]
    [InlineData(null, "cannot be read")]
    public async Task A_token_that_is_none_is_sent_to_nobody(string? token, string told)
    {
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = token is null ? _scratch.File("none") : _scratch.Write("token", token);

        Assert.Contains(told, await RefusedAsync(), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/x")]
    [InlineData("<html>planted-secret</html>")]
    public async Task A_metadata_service_that_names_no_role_is_none(string listed)
    {
        _answer = (200, listed);

        var problem = await Assert.ThrowsAsync<CredentialException>(() => new CredentialResolver(_client).ResolveAsync(new CredentialReference { Kind = CredentialKind.Instance }, null, default));

        Assert.Contains("gave no role", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", problem.ToString(), StringComparison.Ordinal);
    }

    private Task<ResolvedCredentials> ResolveAsync() => new CredentialResolver(_client).ResolveAsync(new CredentialReference { Kind = CredentialKind.Container }, null, default);

    private async Task<string> RefusedAsync()
    {
        var problem = await Assert.ThrowsAsync<CredentialException>(ResolveAsync);
        Assert.DoesNotContain("planted-secret", problem.ToString(), StringComparison.Ordinal);
        return problem.Message;
    }
}
