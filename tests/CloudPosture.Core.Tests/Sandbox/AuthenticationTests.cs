using System;
using System.Net.Http;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Sandbox;

namespace CloudPosture.Tests.Sandbox;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task Knows_who_signed()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var account = sandbox.Server.Organization.Accounts[1];

        var identity = await sandbox.CallAsync("sts", "GetCallerIdentity", credentials: await sandbox.ReadAsync(account));

        Assert.Equal(account.Id, identity.GetProperty("Account").GetString());
        Assert.Equal($"arn:aws:sts::{account.Id}:assumed-role/{SandboxOrganization.ReaderRole}/test", identity.GetProperty("Arn").GetString());
    }

    [Theory]
    [InlineData("iam", "GetAccountSummary", "SignatureDoesNotMatch")]
    [InlineData("ec2", "DescribeVpcs", "AuthFailure")]
    [InlineData("s3", "ListBuckets", "SignatureDoesNotMatch")]
    [InlineData("kms", "ListKeys", "InvalidSignatureException")]
    [InlineData("lambda", "ListFunctions", "InvalidSignatureException")]
    public async Task Refuses_a_wrong_secret_as_each_service_does(string service, string operation, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var key = sandbox.Server.Organization.OperatorKey with { SecretAccessKey = "not-the-secret" };

        var error = await sandbox.FailAsync(service, operation, credentials: SandboxClient.Keys(key));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task Refuses_an_unknown_key()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        var error = await sandbox.FailAsync("sts", "GetCallerIdentity", credentials: SandboxClient.Keys(new SandboxKey("AKIAIOSFODNN7EXAMPLE", "secret")));

        Assert.Equal("InvalidClientTokenId", error.Code);
    }

    [Theory]
    [InlineData("iam", "GetAccountSummary", "SignatureDoesNotMatch")]
    [InlineData("ec2", "DescribeVpcs", "RequestExpired")]
    [InlineData("s3", "ListBuckets", "RequestTimeTooSkewed")]
    public async Task Refuses_a_clock_that_is_wrong(string service, string operation, string code)
    {
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = new ShiftedTime(TimeSpan.FromMinutes(6)) });

        var error = await sandbox.FailAsync(service, operation);

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task Refuses_credentials_that_have_ended()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = time });
        var account = sandbox.Server.Organization.Accounts[0];
        var answer = await sandbox.CallAsync("sts", "AssumeRole", new { RoleArn = account.ReaderRoleArn, RoleSessionName = "test", sandbox.Server.Organization.ExternalId, DurationSeconds = 900 });
        time.Shift = TimeSpan.FromMinutes(16);
        using var client = new AwsClient(Shipped.Content.Models, new AwsClientOptions { EndpointUrl = sandbox.Server.Url, Environment = _ => null, UtcNow = () => time.GetUtcNow() });
        var call = new AwsCall
        {
            Operation = Shipped.Content.Models.Get("iam").Operation("GetAccountSummary"),
            Target = new AwsTarget { Credentials = SandboxClient.Session(answer.GetProperty("Credentials")), Region = "us-east-1" },
        };

        var error = await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(call, default));

        Assert.Equal("ExpiredToken", error.Code);
    }

    [Theory]
    [InlineData("wrong-external-id")]
    [InlineData(null)]
    public async Task A_role_asks_for_its_external_id(string? externalId)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var role = sandbox.Server.Organization.Accounts[1].ReaderRoleArn;

        var error = externalId is null
            ? await sandbox.FailAsync("sts", "AssumeRole", new { RoleArn = role, RoleSessionName = "test" })
            : await sandbox.FailAsync("sts", "AssumeRole", new { RoleArn = role, RoleSessionName = "test", ExternalId = externalId });

        Assert.Equal("AccessDenied", error.Code);
        Assert.Contains("is not authorized to perform: sts:AssumeRole on resource: " + role, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chained_role_gets_no_more_than_an_hour()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var organization = sandbox.Server.Organization;
        var hub = await sandbox.ReadAsync(organization.Accounts[0]);
        var spoke = new { RoleArn = organization.Accounts[1].ReaderRoleArn, RoleSessionName = "test", organization.ExternalId, DurationSeconds = 3601 };

        var error = await sandbox.FailAsync("sts", "AssumeRole", spoke, hub);

        Assert.Equal("ValidationError", error.Code);
    }

    [Fact]
    public async Task A_reader_cannot_write_and_a_denied_action_is_denied()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var account = sandbox.Server.Organization.Accounts[1];
        var reader = await sandbox.ReadAsync(account);
        sandbox.Server.Deny("kms:ListKeys", account.Id);

        Assert.Equal(AwsErrorKind.AccessDenied, (await sandbox.FailAsync("kms", "ListKeys", credentials: reader)).Kind);
        Assert.NotEmpty((await sandbox.CallAsync("kms", "ListKeys")).GetProperty("Keys").EnumerateArray());
    }

    [Fact]
    public async Task An_unsigned_request_is_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(sandbox.Server.Url, "/?Action=GetCallerIdentity&Version=2011-06-15"));

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Contains("MissingAuthenticationToken", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
