using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Connections;

/// <summary>What a connection is tried for, against the sandbox.</summary>
public sealed class ConnectionCheckTests : ConnectionTest
{
    [Fact]
    public async Task A_good_connection_passes()
    {
        var diagnosis = await Test(Member(1));
        Assert.True(diagnosis.Passed, string.Join("\n", diagnosis.Checks.Where(check => check.Status == CheckStatus.Failed)));
        Assert.Equal(Account(1).Id, diagnosis.AccountId);
        Assert.Equal(CheckStatus.Passed, Check(diagnosis, "External ID").Status);
        Assert.All(["Credentials", "Clock", "Role", "Account", "Partition", "Regions", "Endpoint", "Proxy", "Service: s3"], name => Assert.Equal(CheckStatus.Passed, Check(diagnosis, name).Status));
    }

    [Fact]
    public async Task A_wrong_external_id_is_told_with_what_to_check()
    {
        var diagnosis = await Test(Member(1) with { ExternalId = "wrong-one" });
        Assert.False(diagnosis.Passed);
        Assert.Contains("sts:ExternalId", Check(diagnosis, "Role").Detail + Check(diagnosis, "Role").Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_opens_without_its_external_id_is_a_warning()
    {
        var administrator = _sandbox.Organization.AdministratorKey;
        var target = new AwsTarget { Credentials = new Amazon.Runtime.BasicAWSCredentials(administrator.AccessKeyId, administrator.SecretAccessKey), Region = "us-east-1" };
        var trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{Account(0).Id}}" },"Action":"sts:AssumeRole"} }""";
        await _client.AskAsync(new AwsQuestion("iam", "CreateRole", new { RoleName = "Open", AssumeRolePolicyDocument = trust }), target, default);

        var diagnosis = await Test(WithKeys(new PostureConnection { Name = "open", RoleArn = $"arn:aws:iam::{Account(0).Id}:role/Open", ExternalId = "nobody-asks-for-it" }));

        var check = Check(diagnosis, "External ID");
        Assert.Equal(CheckStatus.Warning, check.Status);
        Assert.Contains("without the external ID", check.Detail, StringComparison.Ordinal);
        Assert.Contains("sts:ExternalId", check.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_wrong_clock_is_told_in_minutes(int minutes)
    {
        await using var elsewhere = await SandboxServer.StartAsync(new SandboxOptions { Accounts = 2, Regions = 1, TimeProvider = new ShiftedTime(TimeSpan.FromMinutes(minutes)) });
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = elsewhere.Url });
        var key = elsewhere.Organization.OperatorKey;
        _secrets.Set("late", new SessionKeys(key.AccessKeyId, key.SecretAccessKey));
        var resolver = new ConnectionResolver(client, Shipped.Content.Catalog, _store, new CredentialResolver(client), _secrets);

        var diagnosis = await new ConnectionTester(resolver, _ => null).TestAsync(new PostureConnection { Name = "late", Credential = new CredentialReference { Kind = CredentialKind.Session } }, elsewhere.Url, default);

        var clock = Check(diagnosis, "Clock");
        Assert.Equal(CheckStatus.Failed, clock.Status);
        Assert.Matches(minutes > 0 ? "(19|20) minutes (behind|slow)" : "(19|20) minutes (ahead|fast)", clock.Detail);
        Assert.Contains("time server", clock.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_denied_is_named_with_its_action()
    {
        _sandbox.Deny("s3:ListAllMyBuckets", Account(1).Id);
        var diagnosis = await Test(Member(1));
        var check = Check(diagnosis, "Service: s3");
        Assert.Equal(CheckStatus.Failed, check.Status);
        Assert.Contains("s3:ListAllMyBuckets", check.Detail, StringComparison.Ordinal);
        Assert.Contains("s3:ListAllMyBuckets", diagnosis.MissingPermissions);
        Assert.Equal(CheckStatus.Passed, Check(diagnosis, "Service: iam").Status);
    }

    [Fact]
    public async Task Regions_that_are_not_enabled_and_those_of_another_partition_are_told_apart()
    {
        var diagnosis = await Test(Member(1) with { Regions = ["us-east-1", "af-south-1", "cn-north-1"] });
        Assert.Contains("af-south-1", Check(diagnosis, "Regions").Detail, StringComparison.Ordinal);
        Assert.Contains("cn-north-1", Check(diagnosis, "Partition").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_endpoint_is_a_failed_check_and_no_exception()
    {
        await _sandbox.DisposeAsync();
        var diagnosis = await Test(Member(1));
        Assert.False(diagnosis.Passed);
        Assert.Contains("network", Check(diagnosis, "Credentials").Recommendation, StringComparison.Ordinal);
    }

    private Task<ConnectionDiagnosis> Test(PostureConnection connection) => new ConnectionTester(_resolver, _ => null).TestAsync(connection, _sandbox.Url, default);

    private static ConnectionCheck Check(ConnectionDiagnosis diagnosis, string name) => Assert.Single(diagnosis.Checks, check => check.Name == name);
}
