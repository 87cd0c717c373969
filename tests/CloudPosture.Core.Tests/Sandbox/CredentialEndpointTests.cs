using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CloudPosture.Sandbox;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Sandbox;

public sealed class CredentialEndpointTests
{
    private const string WhoAmI = """
        import sys, botocore.session
        url, *pairs = sys.argv[1:]
        import os
        os.environ.update(pair.split('=', 1) for pair in pairs)
        for name in ('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'): os.environ.pop(name, None)
        os.environ['AWS_CONFIG_FILE'] = os.environ['AWS_SHARED_CREDENTIALS_FILE'] = os.devnull
        print(botocore.session.Session().create_client('sts', 'us-east-1', endpoint_url=url).get_caller_identity()['Arn'])
        """;

    private const string Portal = """
        import sys, botocore.session
        from botocore import UNSIGNED
        from botocore.config import Config
        url, token, account, role = sys.argv[1:]
        sso = botocore.session.Session().create_client('sso', 'us-east-1', endpoint_url=url, config=Config(signature_version=UNSIGNED))
        print(sso.get_role_credentials(accessToken=token, accountId=account, roleName=role)['roleCredentials']['accessKeyId'][:4])
        try: sso.get_role_credentials(accessToken='wrong', accountId=account, roleName=role)
        except sso.exceptions.UnauthorizedException: print('unauthorized')
        """;

    private const string Writes = """
        import sys, json, botocore.session
        url, key, secret = sys.argv[1:]
        iam = botocore.session.Session().create_client('iam', 'us-east-1', endpoint_url=url, aws_access_key_id=key, aws_secret_access_key=secret)
        trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]}
        iam.create_role(RoleName='boto', AssumeRolePolicyDocument=json.dumps(trust), Tags=[{'Key': 'a', 'Value': 'b c+d'}])
        iam.attach_role_policy(RoleName='boto', PolicyArn='arn:aws:iam::aws:policy/SecurityAudit')
        role = iam.get_role(RoleName='boto')['Role']
        assert role['AssumeRolePolicyDocument'] == trust, role
        assert role['Tags'] == [{'Key': 'a', 'Value': 'b c+d'}], role
        try: iam.delete_role(RoleName='boto')
        except iam.exceptions.DeleteConflictException: print('conflict')
        try: iam.create_role(RoleName='BOTO', AssumeRolePolicyDocument=json.dumps(trust))
        except iam.exceptions.EntityAlreadyExistsException: print('exists')
        """;

    [BotoFact]
    public async Task An_instance_and_a_container_give_the_role_that_runs_there()
    {
        await using var server = await SandboxServer.StartAsync();
        var url = server.Url.ToString().TrimEnd('/');

        var instance = await Python.RunAsync(["-c", WhoAmI, url, $"AWS_EC2_METADATA_SERVICE_ENDPOINT={url}", "AWS_EC2_METADATA_DISABLED=false"], "");
        var container = await Python.RunAsync(["-c", WhoAmI, url, $"AWS_CONTAINER_CREDENTIALS_FULL_URI={url}{SandboxMachine.ContainerPath}", $"AWS_CONTAINER_AUTHORIZATION_TOKEN={server.Machine.ContainerToken}"], "");

        var role = $"arn:aws:sts::{server.Organization.Accounts[0].Id}:assumed-role/{SandboxMachine.Role}/";
        Assert.StartsWith(role + "i-", instance, StringComparison.Ordinal);
        Assert.StartsWith(role + "container", container, StringComparison.Ordinal);
    }

    [BotoFact]
    public async Task The_portal_gives_the_roles_of_who_is_signed_in()
    {
        await using var server = await SandboxServer.StartAsync();

        var output = await Python.RunAsync(["-c", Portal, server.Url.ToString(), server.Machine.SsoToken, server.Organization.Accounts[1].Id, SandboxOrganization.ReaderRole], "");

        Assert.Equal(["ASIA", "unauthorized"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [BotoFact]
    public async Task An_independent_client_writes_and_reads_back_the_same()
    {
        await using var server = await SandboxServer.StartAsync();
        var key = server.Organization.AdministratorKey;

        var output = await Python.RunAsync(["-c", Writes, server.Url.ToString(), key.AccessKeyId, key.SecretAccessKey], "");

        Assert.Equal(["conflict", "exists"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Metadata_want_a_token_that_has_not_expired()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = clock });
        using var http = new HttpClient { BaseAddress = server.Url };
        using var wish = new HttpRequestMessage(HttpMethod.Put, "/latest/api/token") { Headers = { { "X-aws-ec2-metadata-token-ttl-seconds", "60" } } };
        var token = await (await http.SendAsync(wish)).Content.ReadAsStringAsync();
        async Task<HttpStatusCode> AskAsync(string? with)
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, "/latest/meta-data/placement/region");
            if (with is not null)
            {
                question.Headers.Add("X-aws-ec2-metadata-token", with);
            }

            return (await http.SendAsync(question)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(null));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        clock.Shift += TimeSpan.FromMinutes(2);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
    }

    [Fact]
    public async Task Credentials_end_by_the_clock_of_the_sandbox()
    {
        var clock = new ShiftedTime(TimeSpan.Zero);
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { TimeProvider = clock });
        sandbox.Server.Machine.Lifetime = TimeSpan.FromMinutes(2);
        var session = await ContainerAsync(sandbox.Server);
        await sandbox.CallAsync("sts", "GetCallerIdentity", null, session);
        // Less than the five minutes of skew that a signature may have.
        clock.Shift += TimeSpan.FromMinutes(3);

        var error = await sandbox.FailAsync("sts", "GetCallerIdentity", null, session);

        Assert.Equal("ExpiredToken", error.Code);
    }

    [Fact]
    public async Task A_web_identity_enters_the_role_that_trusts_its_provider()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var provider = $"arn:aws:iam::{sandbox.Server.Organization.Accounts[0].Id}:oidc-provider/issuer.example";
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"{{provider}}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"issuer.example:sub":"pipeline"} } }]}""";
        var made = await sandbox.CallAsync("iam", "CreateRole", new { RoleName = "pipeline", AssumeRolePolicyDocument = trust }, sandbox.Administrator);
        var arn = made.GetProperty("Role").GetProperty("Arn").GetString();

        var entered = await sandbox.CallAsync("sts", "AssumeRoleWithWebIdentity", new { RoleArn = arn, RoleSessionName = "run", WebIdentityToken = Token("pipeline") });
        var refused = await sandbox.FailAsync("sts", "AssumeRoleWithWebIdentity", new { RoleArn = arn, RoleSessionName = "run", WebIdentityToken = Token("somebody") });

        Assert.Equal("pipeline", entered.GetProperty("SubjectFromWebIdentityToken").GetString());
        Assert.Equal("AccessDenied", refused.Code);
    }

    private static async Task<Amazon.Runtime.AWSCredentials> ContainerAsync(SandboxServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", server.Machine.ContainerToken);
        using var keys = JsonDocument.Parse(await http.GetStringAsync(SandboxMachine.ContainerPath));
        string Member(string name) => keys.RootElement.GetProperty(name).GetString()!;
        return new Amazon.Runtime.SessionAWSCredentials(Member("AccessKeyId"), Member("SecretAccessKey"), Member("Token"));
    }

    private static string Token(string subject)
    {
        static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Part("{}")}.{Part($$"""{"iss":"https://issuer.example","sub":"{{subject}}","aud":"sts.amazonaws.com","exp":4070908800}""")}.{Part("signature")}";
    }
}
