using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>Credentials for a web identity, and of a sign-in to IAM Identity Center.</summary>
public sealed class FederatedCredentialTests(EnvironmentCollection shared) : CredentialTest(shared)
{
    [Fact]
    public async Task A_role_over_a_sign_in_that_was_never_made_says_how_to_sign_in()
    {
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\nsource_profile = s\n[profile s]\nsso_session = never-signed-in\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session never-signed-in]\nsso_start_url = https://never.awsapps.com/start\nsso_region = us-east-1\n");

        Assert.Contains("aws sso login", (await Refused(Profile("p"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_identity_is_exchanged_unsigned_and_its_token_read_anew()
    {
        var token = _scratch.Write("token", "first-web-token\n");
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\nweb_identity_token_file = {token}\nrole_session_name = pod\n");
        var found = await Resolve(Profile("p"));
        var request = _server.Requests.Single();
        Assert.Equal(("AssumeRoleWithWebIdentity", Role, "first-web-token", "pod"), (request.Form["Action"], request.Form["RoleArn"], request.Form["WebIdentityToken"], request.Form["RoleSessionName"]));
        Assert.False(request.Headers.ContainsKey("Authorization"));

        _scratch.Write("token", "second-web-token\n");
        Assert.IsAssignableFrom<RefreshingAWSCredentials>(found.Credentials).ClearCredentials();
        await found.Credentials.GetCredentialsAsync();
        Assert.Equal("second-web-token", _server.Requests.Last().Form["WebIdentityToken"]);
    }

    [Theory]
    [InlineData(0, "is empty")]
    [InlineData(1, "is empty")]
    [InlineData((64 << 10) + 1, "larger than 64 KiB")]
    public async Task A_web_identity_whose_token_is_none_is_refused_and_nobody_is_asked(int spaces, string told)
    {
        var path = _scratch.Write("token", new string(' ', spaces));
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\nweb_identity_token_file = {path}\n");

        var error = await Refused(Profile("p"));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_web_identity_of_the_environment()
    {
        _environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = _scratch.Write("token", "web-token");
        _environment["AWS_ROLE_ARN"] = Role;
        await ExpectKey("ASIASTS1", await Resolve(new CredentialReference()));
    }

    [Fact]
    public async Task An_sso_profile_with_a_cached_sign_in()
    {
        const string StartUrl = "https://posture.awsapps.com/start";
        _environment["AWS_ENDPOINT_URL_SSO"] = _server.Url.ToString();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var cache = System.IO.Directory.CreateDirectory(System.IO.Path.Combine(home, ".aws", "sso", "cache")).FullName;
        var session = "posture-test-" + Guid.NewGuid().ToString("N");
        var file = System.IO.Path.Combine(cache, Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(session))) + ".json");
        await System.IO.File.WriteAllTextAsync(file, $$"""{"startUrl": "{{StartUrl}}", "region": "us-east-1", "accessToken": "sso-access-token", "expiresAt": "2099-01-01T00:00:00Z"}""");
        try
        {
            _scratch.Write("config", $"[profile p]\nsso_session = {session}\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session {session}]\nsso_start_url = {StartUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\nregion = eu-south-2\n");
            var found = await Resolve(Profile("p"));
            await ExpectKey("ASIASSO", found);
            Assert.Equal("111122223333", found.Describe().AccountId);
            Assert.NotEqual("eu-south-2", found.Region);
            Assert.Equal("sso-access-token", _server.Requests.Last().Headers["x-amz-sso_bearer_token"]);
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    [Fact]
    public async Task An_sso_profile_without_a_sign_in_says_how_to_sign_in()
    {
        _scratch.Write("config", "[profile p]\nsso_session = never-signed-in\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session never-signed-in]\nsso_start_url = https://never.awsapps.com/start\nsso_region = us-east-1\n");
        Assert.Contains("aws sso login", (await Refused(Profile("p"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sso_start_url = https://other.awsapps.com/start", "sso_start_url")]
    [InlineData("sso_region = eu-west-1", "sso_region")]
    public async Task A_profile_that_contradicts_its_sign_in_is_refused_and_nobody_is_asked(string line, string named)
    {
        _scratch.Write("config", $"[profile p]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = Audit\n{line}\n[sso-session s]\nsso_start_url = https://mine.awsapps.com/start\nsso_region = us-east-1\n");

        var error = await Refused(Profile("p"));

        Assert.Contains($"{named} of profile 'p' is not that of its [sso-session s]", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_profile_whose_sign_in_is_described_nowhere_says_so()
    {
        _scratch.Write("config", "[profile p]\nsso_session = gone\nsso_account_id = 111122223333\nsso_role_name = Audit\n");

        Assert.Contains("there is no [sso-session gone]", (await Refused(Profile("p"))).Message, StringComparison.Ordinal);
    }
}
