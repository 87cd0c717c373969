using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Sandbox;
using CloudPosture.Sandbox.Faults;
using CloudPosture.Tests.Time;

namespace CloudPosture.Tests.Connections;

/// <summary>What a test of a connection finds on each way, and what it tells people to do.</summary>
public sealed class ConnectionTesterTests : IAsyncLifetime
{
    private const string Device = "GAHT12345678";
    private readonly ScratchFolder _scratch = new();
    private readonly SessionSecrets _secrets = new();
    private NotedTime _time = new();
    private readonly List<string> _codes = [];
    private SandboxServer _sandbox = null!;
    private AwsClient _client = null!;
    private ConnectionStore _store = null!;
    private ConnectionResolver _resolver = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 8, Regions = 1, RolePropagationAttempts = 2 });
        _client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _sandbox.Url });
        _store = new ConnectionStore(_scratch.Path);
        _resolver = new ConnectionResolver(_client, Shipped.Content.Catalog, _store, new CredentialResolver(_client) { MfaCode = (_, _) => Task.FromResult(_codes.Count > 0 ? _codes[0] : "") }, _secrets);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_role_of_a_profile_is_diagnosed_as_any_other()
    {
        var good = await Test(OfProfile(_sandbox.Organization.ExternalId));
        Assert.All(["Credentials", "Role", "External ID"], name => Assert.Equal(CheckStatus.Passed, Check(good, name).Status));

        var bad = Check(await Test(OfProfile("wrong-one")), "Role");
        Assert.Equal(CheckStatus.Failed, bad.Status);
        Assert.Contains("sts:ExternalId", bad.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_role_through_a_hub_is_diagnosed()
    {
        await CreateRoleAsync("Hub", _sandbox.Organization.Accounts[0].Id);
        var hub = WithKeys(new PostureConnection { Name = "hub", RoleArn = RoleIn(0, "Hub") });
        await _store.AddAsync([hub], replace: false, default);
        var spoke = new PostureConnection { Name = "spoke", RoleArn = _sandbox.Organization.Accounts[1].ReaderRoleArn, ExternalId = "wrong-one", Credential = new CredentialReference { Kind = CredentialKind.Connection, Connection = "hub" } };

        var refusedThere = await Test(spoke);
        Assert.Equal((CheckStatus.Failed, CheckStatus.Failed), (Check(refusedThere, "Role: Hub").Status, refusedThere.Checks[^1].Status));
        var diagnosis = await Test(spoke with { Created = DateTimeOffset.UtcNow });
        Assert.Equal(CheckStatus.Passed, Check(diagnosis, "Role: Hub").Status);
        Assert.Equal(CheckStatus.Failed, Check(diagnosis, "Role").Status);
        Assert.Contains("assumed-role/Hub", Check(diagnosis, "Role").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organization_is_tested_as_far_as_a_sample_of_its_members()
    {
        var good = await Test(Organization());
        Assert.True(good.Passed, string.Join("\n", good.Checks.Where(check => check.Status == CheckStatus.Failed)));
        Assert.Equal(3, good.Checks.Count(check => check.Name.EndsWith(": Role", StringComparison.Ordinal) && check.Status == CheckStatus.Passed));
        Assert.Equal(3, good.Checks.Count(check => check.Name.EndsWith(": External ID", StringComparison.Ordinal) && check.Status == CheckStatus.Passed));
        Assert.Equal(3, good.Checks.Count(check => check.Name.EndsWith(": Services", StringComparison.Ordinal) && check.Status == CheckStatus.Passed));

        Assert.Equal("MembersAll", Check(good, "Members").Advice?.Id);

        var closed = await Test(Organization() with { ExternalId = "wrong-one" });
        Assert.False(closed.Passed);
        Assert.All(closed.Checks.Where(check => check.Status == CheckStatus.Failed), check => Assert.NotEmpty(check.Recommendation));

        var all = await new ConnectionTester(_resolver, _ => null) { EntersAllAccounts = true }.TestAsync(Organization(), null, default);
        Assert.Equal(7, all.Checks.Count(check => check.Name.EndsWith(": Role", StringComparison.Ordinal)));
        Assert.DoesNotContain(all.Checks, check => check.Name == "Members");
    }

    [Fact]
    public async Task A_service_that_a_member_denies_is_named()
    {
        var denied = _sandbox.Organization.Accounts.Skip(1).Select(account => account.Id).Order().Last();
        _sandbox.Deny("s3:ListAllMyBuckets", denied);
        var diagnosis = await Test(Organization());
        var check = Check(diagnosis, $"Member {denied}: Services");
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains("s3:ListAllMyBuckets", check.Detail, StringComparison.Ordinal);
        Assert.Contains("s3:ListAllMyBuckets", diagnosis.MissingPermissions);
    }

    [Fact]
    public async Task A_hub_that_is_not_covered_need_not_be_readable()
    {
        _sandbox.Deny("s3:ListAllMyBuckets", _sandbox.Organization.Accounts[0].Id);
        var organization = Organization();
        Assert.False((await Test(organization)).Passed);
        Assert.True((await Test(organization with { Organization = organization.Organization! with { IncludeManagementAccount = false } })).Passed);
    }

    [Fact]
    public async Task A_code_is_sent_once_in_a_run_and_its_session_shared()
    {
        _codes.Add("123456");
        await CreateRoleAsync("Mfa", _sandbox.Organization.Accounts[0].Id, mfa: true);
        var hub = WithKeys(new PostureConnection { Name = "hub", RoleArn = RoleIn(0, "Mfa"), MfaSerial = Device });
        await PropagateAsync(hub with { MfaSerial = null });
        var organization = Organization() with { Name = "hub", RoleArn = hub.RoleArn, MfaSerial = Device };

        Assert.Equal(CheckStatus.Passed, Check(await Test(organization), "Role").Status);
        Assert.Equal(CheckStatus.Passed, Check(await Test(hub with { Services = ["sqs"] }), "Role").Status);
        Assert.NotEmpty(await _resolver.ResolveAsync(hub, default));

        var another = Check(await Test(hub with { RoleArn = RoleIn(0, "Other") }), "Role");
        Assert.Equal(CheckStatus.Failed, another.Status);
        Assert.Contains("once", another.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_of_another_run_is_refused_and_told_so()
    {
        _codes.Add("654321");
        await CreateRoleAsync("Mfa", _sandbox.Organization.Accounts[0].Id, mfa: true);
        var hub = WithKeys(new PostureConnection { Name = "hub", RoleArn = RoleIn(0, "Mfa"), MfaSerial = Device });
        await PropagateAsync(hub with { MfaSerial = null });
        await _resolver.CredentialsAsync(hub, default);
        _resolver = new ConnectionResolver(_client, Shipped.Content.Catalog, _store, new CredentialResolver(_client) { MfaCode = (_, _) => Task.FromResult("654321") }, _secrets);

        var check = Check(await Test(hub), "Role");
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains("MultiFactorAuthentication failed", check.Detail, StringComparison.Ordinal);
        Assert.Equal("MfaCodeAgain", check.Advice?.Id);
    }

    [Fact]
    public async Task A_code_that_nobody_can_give_is_a_failed_check()
    {
        var check = Check(await Test(WithKeys(new PostureConnection { Name = "m", RoleArn = RoleIn(0, "Mfa"), MfaSerial = Device })), "Role");
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Equal("MfaCode", check.Advice?.Id);
    }

    [Fact]
    public async Task A_connection_that_was_edited_into_nonsense_is_a_failed_check()
    {
        var diagnosis = await Test(WithKeys(new PostureConnection { Name = "m", Services = ["foo"], Regions = [null!] }));
        Assert.False(diagnosis.Passed);
        Assert.All(diagnosis.Checks.Where(check => check.Status == CheckStatus.Failed), check => Assert.NotEmpty(check.Recommendation));
    }

    [Theory]
    [InlineData("AccessDenied", "Roles may not be assumed by root accounts.", 403, "Role", "user or a role")]
    [InlineData("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", 403, "Role", "MFA device")]
    [InlineData("ExpiredToken", "The security token included in the request is expired", 403, "Role", "Renew")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.", 403, "Role", "Check the keys")]
    [InlineData("RegionDisabledException", "STS is not activated in this region for account: 1. Your account administrator can activate STS in this region using the IAM Console.", 403, "Role", "STS")]
    [InlineData("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403, "Clock", "time server")]
    [InlineData("SomethingElse", "Nobody has seen this before.", 400, "Role", "AWS says")]
    public async Task AWS_s_own_reason_is_shown_with_what_to_do(string code, string message, int status, string name, string advice)
    {
        _sandbox.Faults.Add(new Fault { Service = "sts", Operation = "AssumeRole", Code = code, Message = message, Status = status });
        var check = Check(await Test(OfProfile(_sandbox.Organization.ExternalId)), name);
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains(message.Trim().TrimEnd('.'), check.Detail, StringComparison.Ordinal);
        Assert.Contains(advice, check.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_made_just_now_is_waited_for_and_an_old_one_is_not()
    {
        await CreateRoleAsync("Young", _sandbox.Organization.Accounts[0].Id);
        var young = WithKeys(new PostureConnection { Name = "young", RoleArn = RoleIn(0, "Young"), Services = ["sqs"] });
        Assert.Equal(CheckStatus.Failed, Check(await Test(young with { Created = DateTimeOffset.UtcNow.AddMinutes(-2) }), "Role").Status);
        Assert.Empty(_time.Pauses);

        Assert.Equal(CheckStatus.Passed, Check(await Test(young with { Created = DateTimeOffset.UtcNow }), "Role").Status);
        Assert.Equal([TimeSpan.FromSeconds(1)], _time.Pauses);

        _time = new NotedTime();
        var never = Check(await Test(young with { RoleArn = RoleIn(0, "Never"), Created = DateTimeOffset.UtcNow }), "Role");
        Assert.Equal(CheckStatus.Failed, never.Status);
        Assert.Contains("less than a minute", never.Recommendation, StringComparison.Ordinal);
        Assert.Equal(10, _time.Pauses.Sum(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_named_without_its_password()
    {
        var proxy = $"127.0.0.1:{ClosedPort()}";
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy("http://" + proxy) };
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = _sandbox.Url, HttpMessageHandler = handler, Retry = new CloudPosture.Aws.Retry.RetryPolicy(CloudPosture.Aws.Retry.RetryMode.Standard, 1) });
        var resolver = new ConnectionResolver(client, Shipped.Content.Catalog, _store, new CredentialResolver(client), _secrets);

        var diagnosis = await new ConnectionTester(resolver, name => name == "http_proxy" ? $"http://me:marked-secret@{proxy}" : null).TestAsync(WithKeys(new PostureConnection { Name = "p" }), _sandbox.Url, default);

        var check = Check(diagnosis, "Proxy");
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains($"http://{proxy}", check.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(diagnosis.Checks, shown => shown.ToString().Contains("marked-secret", StringComparison.Ordinal));
        Assert.Equal(CheckStatus.Failed, Check(diagnosis, "Credentials").Status);
    }

    private static int ClosedPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    private Task<ConnectionDiagnosis> Test(PostureConnection connection) => new ConnectionTester(_resolver, _ => null)
    {
        Time = _time,
    }.TestAsync(connection, _sandbox.Url, default);

    private static ConnectionCheck Check(ConnectionDiagnosis diagnosis, string name) => Assert.Single(diagnosis.Checks, check => check.Name == name);

    private string RoleIn(int account, string role) => $"arn:aws:iam::{_sandbox.Organization.Accounts[account].Id}:role/{role}";

    private async Task CreateRoleAsync(string name, string trusted, bool mfa = false)
    {
        var administrator = _sandbox.Organization.AdministratorKey;
        var target = new AwsTarget { Credentials = new BasicAWSCredentials(administrator.AccessKeyId, administrator.SecretAccessKey), Region = "us-east-1" };
        var condition = mfa ? ""","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""" : "";
        var trust = $$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{{trusted}}}"},"Action":"sts:AssumeRole"{{{condition}}}}}""";
        await _client.AskAsync(new AwsQuestion("iam", "CreateRole", new { RoleName = name, AssumeRolePolicyDocument = trust }), target, default);
        await _client.AskAsync(new AwsQuestion("iam", "PutRolePolicy", new { RoleName = name, PolicyName = "all", PolicyDocument = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""" }), target, default);
    }

    /// <summary>Lets the sandbox's STS know of a role, which it refuses at first.</summary>
    private async Task PropagateAsync(PostureConnection connection)
    {
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<AwsServiceException>(() => _resolver.CredentialsAsync(connection, default));
        }
    }

    private PostureConnection OfProfile(string externalId)
    {
        var key = _sandbox.Organization.OperatorKey;
        _scratch.Write("credentials", $"[hub]\naws_access_key_id = {key.AccessKeyId}\naws_secret_access_key = {key.SecretAccessKey}\n");
        var path = _scratch.Write("config", $"[profile spoke]\nrole_arn = {_sandbox.Organization.Accounts[1].ReaderRoleArn}\nsource_profile = hub\nexternal_id = {externalId}\n");
        return new PostureConnection { Name = "spoke", Credential = new CredentialReference { Kind = CredentialKind.Profile, ProfileName = "spoke", ProfileLocation = path }, Services = ["sqs"] };
    }

    private PostureConnection Organization() => WithKeys(new PostureConnection
    {
        Name = "org",
        Kind = ConnectionKind.Organization,
        ExternalId = _sandbox.Organization.ExternalId,
        Organization = new OrganizationScope { MemberRole = SandboxOrganization.ReaderRole },
    });

    private PostureConnection WithKeys(PostureConnection connection)
    {
        var key = _sandbox.Organization.OperatorKey;
        _secrets.Set(connection.Name, new SessionKeys(key.AccessKeyId, key.SecretAccessKey));
        return connection with { Credential = new CredentialReference { Kind = CredentialKind.Session } };
    }
}
