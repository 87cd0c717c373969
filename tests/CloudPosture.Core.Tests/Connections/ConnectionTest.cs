using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Connections;

/// <summary>A sandbox and connections into it.</summary>
public abstract class ConnectionTest : IAsyncLifetime
{
    private protected readonly ScratchFolder _scratch = new();
    private protected readonly SessionSecrets _secrets = new();
    private protected SandboxServer _sandbox = null!;
    private protected AwsClient _client = null!;
    private protected ConnectionStore _store = null!;
    private protected ConnectionResolver _resolver = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 5, Regions = 2 });
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _sandbox.Url });
        _store = new ConnectionStore(_scratch.Path);
        _resolver = new ConnectionResolver(_client, Shipped.Content.Catalog, _store, new CredentialResolver(_client), _secrets);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
        _scratch.Dispose();
    }

    private protected AwsTarget ManagementTarget()
    {
        var key = _sandbox.Organization.OperatorKey;
        return new AwsTarget { Credentials = new Amazon.Runtime.BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), Region = "us-east-1" };
    }

    private protected SandboxAccount Account(int index) => _sandbox.Organization.Accounts[index];

    private protected PostureConnection Member(int index) => WithKeys(new PostureConnection
    {
        Name = "member",
        RoleArn = Account(index).ReaderRoleArn,
        ExternalId = _sandbox.Organization.ExternalId,
    });

    private protected PostureConnection Organization() => WithKeys(new PostureConnection
    {
        Name = "org",
        Kind = ConnectionKind.Organization,
        ExternalId = _sandbox.Organization.ExternalId,
        Organization = new OrganizationScope { MemberRole = SandboxOrganization.ReaderRole },
    });

    private protected PostureConnection WithKeys(PostureConnection connection)
    {
        var key = _sandbox.Organization.OperatorKey;
        _secrets.Set(connection.Name, new SessionKeys(key.AccessKeyId, key.SecretAccessKey));
        return connection with { Credential = new CredentialReference { Kind = CredentialKind.Session } };
    }
}
