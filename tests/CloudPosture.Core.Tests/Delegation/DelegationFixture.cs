using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Delegation;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Connections;

namespace CloudPosture.Tests.Delegation;

/// <summary>A provider, a customer with an organization, and a sender's machine that can be switched off.</summary>
internal sealed class DelegationFixture : IAsyncDisposable
{
    public const string Topic = "arn:aws:sns:us-east-1:111122223333:delegation";
    public const string TemplateArn = "arn:aws:iam:::delegation-template/Posture";
    public const string Boundary = "arn:aws:iam::aws:policy/delegation/Posture";

    public const string Template = """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":["cloudformation:*","organizations:ListRoots","iam:CreateRole","iam:PutRolePolicy"],"Resource":"arn:aws:iam::*:role/@{RoleName}"},
          {"Effect":"Allow","Action":"iam:AttachRolePolicy","Resource":"*","Condition":{"ArnLike":{"iam:PolicyARN":"@{PolicyArns}"}}}]}
        """;

    private readonly ScratchFolder _folder = new();
    private readonly SandboxServer _server;
    private readonly SandboxKey _senderKey;

    private DelegationFixture(SandboxServer server, MovableClock clock)
    {
        (_server, Clock) = (server, clock);
        Client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = server.Url, UtcNow = clock.GetUtcNow, Environment = _ => null });
        server.Delegation.AddPartner(Partner.Id);
        server.Delegation.AddTemplate(TemplateArn, Template, "arn:aws:iam::aws:policy/SecurityAudit", Boundary);
        server.Delegation.AddManagedPolicy(Boundary, """{"Statement":[{"Effect":"Allow","Action":["ec2:Describe*","organizations:*","sts:*","iam:Get*","iam:List*"],"Resource":"*"}]}""");
        _senderKey = server.Delegation.AddUser(Partner.Id, "sender");
        Restart();
    }

    public MovableClock Clock { get; }

    public AwsClient Client { get; }

    public SandboxServer Server => _server;

    public SandboxAccount Management => _server.Organization.Accounts[0];

    public SandboxAccount Member => _server.Organization.Accounts[1];

    public SandboxAccount Partner => _server.Organization.Accounts[^1];

    public AwsTarget Sender => Target(Partner.Id, _senderKey);

    public DelegationStore Store { get; private set; } = null!;

    public DelegationSecrets Secrets { get; private set; } = null!;

    public DelegationService Service { get; private set; } = null!;

    public DelegationCompletion Completion { get; private set; } = null!;

    public ConnectionStore Connections { get; private set; } = null!;

    public ConnectionResolver Resolver { get; private set; } = null!;

    public static async Task<DelegationFixture> StartAsync()
    {
        var clock = new MovableClock();
        return new DelegationFixture(await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = clock, CheckAnswers = true, PlantFaults = false }), clock);
    }

    /// <summary>Ends the sender's process: what was in its memory is gone, what was on its disk stays.</summary>
    public void Restart()
    {
        Store = new DelegationStore(_folder.Path);
        Secrets = new DelegationSecrets();
        Connections = new ConnectionStore(_folder.Path);
        var keys = new SessionSecrets();
        keys.Set("prod", new SessionKeys(_senderKey.AccessKeyId, _senderKey.SecretAccessKey));
        Resolver = new ConnectionResolver(Client, Shipped.Content.Catalog, Connections, new CredentialResolver(Client, _ => null), keys);
        Service = new DelegationService(Client, Store, Secrets, Clock.Client);
        Completion = new DelegationCompletion(Client, Store, Secrets, Connections, Resolver, Clock.Client);
    }

    public DelegationSpec Spec(ConnectionKind kind = ConnectionKind.Account, string roleName = "PostureReader") => new()
    {
        OwnerAccountId = kind == ConnectionKind.Account ? Member.Id : Management.Id,
        PolicyTemplateArn = TemplateArn,
        PolicyTemplate = Template,
        Parameters =
        [
            new DelegationParameter { Name = "RoleName", Values = [roleName] },
            new DelegationParameter { Name = "PolicyArns", Values = ["arn:aws:iam::aws:policy/SecurityAudit"], IsList = true },
        ],
        Description = "Creates a role that reads the account's configuration.",
        NotificationTopic = Topic,
        Plan = new DelegationPlan
        {
            Nickname = "prod",
            Kind = kind,
            RoleName = roleName,
            TrustedPrincipal = Partner.Id,
            ExternalId = "posture-1234",
            PermissionsBoundary = kind == ConnectionKind.Account ? null : Boundary,
            Credential = new CredentialReference { Kind = CredentialKind.Session },
        },
    };

    public Task<DelegationRequest> SendAsync(DelegationSpec? spec = null) => Service.SendAsync(spec ?? Spec(), Sender, CancellationToken.None);

    /// <summary>A user of the customer's; an administrator unless a policy is given.</summary>
    public AwsTarget Reviewer(DelegationRequest request, string name = "admin", string? policy = null) =>
        Target(request.OwnerAccountId!, _server.Delegation.AddUser(request.OwnerAccountId!, name, policy));

    public Task<DelegationRequest> ApproveAsync(DelegationRequest request, AwsTarget? reviewer = null) =>
        Service.Review.ApproveAsync(request.RequestId!, releaseToken: true, reviewer ?? Reviewer(request), CancellationToken.None);

    /// <summary>Hands every message that was sent so far to the sender.</summary>
    public async Task<DelegationRequest> ReceiveAsync(DelegationRequest request)
    {
        foreach (var notification in _server.Delegation.Messages(Topic).SelectMany(DelegationNotification.Parse))
        {
            var received = await Service.ReceiveAsync(notification, CancellationToken.None);
            request = received.RequestId == request.RequestId ? received : request;
        }

        return request;
    }

    public async Task<(DelegationRequest Request, PostureConnection Connection)> CompleteAsync(DelegationRequest request, Action<DelegationStackEvent>? progress = null) =>
        await Completion.CompleteAsync(await Service.RefreshAsync(request, Sender, false, CancellationToken.None), Sender, progress, CancellationToken.None);

    /// <summary>Everything on the sender's disk.</summary>
    public IEnumerable<string> Disk() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static AwsTarget Target(string accountId, SandboxKey key) =>
        new() { Credentials = new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), Region = "us-east-1", AccountId = accountId };
}
