using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Connections;

/// <summary>Each way of authenticating, through the SDK's own files and providers, against servers on loopback.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class CredentialResolverTests : IAsyncLifetime
{
    private const string Secret = "planted/secret+KEY0000000000000000000000";
    private const string Token = "planted-session-token";
    private const string Role = "arn:aws:iam::111122223333:role/audit/Reader";
    private readonly ScratchFolder _scratch = new();
    private readonly ProcessEnvironment _environment = new();
    private readonly LoopbackServer _server;
    private readonly LoopbackServer _metadata;
    private readonly AwsClient _client;
    private TimeSpan _sessionLength = TimeSpan.FromHours(1);
    private int _sessions;

    public CredentialResolverTests(EnvironmentCollection shared)
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

    [Fact]
    public async Task Keys_of_the_session()
    {
        var found = await Resolve(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("AKIAKEYS", Secret));
        await ExpectKey("AKIAKEYS", found);
        Assert.True(found.Describe().Renews);
    }

    [Fact]
    public async Task Temporary_keys_are_said_not_to_renew()
    {
        var found = await Resolve(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("ASIAKEYS", Secret, Token));
        await ExpectKey("ASIAKEYS", found);
        Assert.Contains("cannot be renewed", found.Describe().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_another_session_are_asked_for_again() =>
        Assert.Equal("KeysAgain", (await Refused(new CredentialReference { Kind = CredentialKind.Session })).Advice?.Id);

    [Fact]
    public async Task The_environment_with_the_time_its_keys_end()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "ASIAENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        _environment["AWS_SESSION_TOKEN"] = Token;
        _environment["AWS_CREDENTIAL_EXPIRATION"] = "2026-01-02T03:00:00Z";
        var found = await Resolve(new CredentialReference());
        await ExpectKey("ASIAENV", found);
        Assert.Equal(TimeSpan.FromMinutes(20), found.Describe().TimeLeft(new DateTimeOffset(2026, 1, 2, 2, 40, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Environment_variables_of_other_names()
    {
        var reference = new CredentialReference { Kind = CredentialKind.Environment, AccessKeyVariable = "POSTURE_TEST_ID", SecretKeyVariable = "POSTURE_TEST_SECRET" };
        Assert.Contains("POSTURE_TEST_ID", (await Refused(reference)).Message, StringComparison.Ordinal);
        _environment["POSTURE_TEST_ID"] = "AKIAOTHER";
        _environment["POSTURE_TEST_SECRET"] = Secret;
        await ExpectKey("AKIAOTHER", await Resolve(reference));
    }

    [Fact]
    public async Task A_profile_of_a_file_at_another_place()
    {
        var path = _scratch.Write("elsewhere", $"[audit]\naws_access_key_id = AKIAFILE\naws_secret_access_key = {Secret}\n");
        await ExpectKey("AKIAFILE", await Resolve(Profile("audit") with { ProfileLocation = path }));
    }

    [Fact]
    public async Task A_profile_that_is_not_there_is_an_error_and_never_another_identity()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        var path = _scratch.Write("credentials", $"[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = {Secret}\n[audit]\naws_access_key_id = AKIAFILE\naws_secret_access_key = {Secret}\n");
        var message = (await Refused(Profile("prod"))).Message;
        Assert.All([path, "'prod'", "default", "audit"], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("credentials")]
    [InlineData("config")]
    [InlineData("")]
    public async Task Only_the_files_at_the_place_that_was_named(string named)
    {
        _scratch.Write("config", $"[profile shadow]\naws_access_key_id = AKIASHADOW\naws_secret_access_key = {Secret}\n[profile audit]\nrole_arn = {Role}\nsource_profile = shadow\n");
        var place = System.IO.Directory.CreateDirectory(_scratch.File("place")).FullName;
        _scratch.Write("place/credentials", $"[audit]\naws_access_key_id = AKIAPLACE\naws_secret_access_key = {Secret}\n");
        _scratch.Write("place/config", "[profile audit]\nregion = eu-west-1\n");
        var location = System.IO.Path.Combine(place, named);

        var found = await Resolve(Profile("audit") with { ProfileLocation = location });

        await ExpectKey("AKIAPLACE", found);
        Assert.Equal("eu-west-1", found.Region);
        Assert.Contains("'shadow'", (await Refused(Profile("shadow") with { ProfileLocation = location })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("place/credentails")]
    [InlineData("nowhere")]
    public async Task A_place_that_is_not_there_is_an_error_and_never_its_neighbour(string location)
    {
        System.IO.Directory.CreateDirectory(_scratch.File("place"));
        _scratch.Write("place/config", $"[profile audit]\naws_access_key_id = AKIANEIGHBOUR\naws_secret_access_key = {Secret}\n");

        Assert.Equal("ProfileLocation", (await Refused(Profile("audit") with { ProfileLocation = _scratch.File(location) })).Advice?.Id);
    }

    [Fact]
    public async Task A_line_that_is_no_setting_is_told_by_its_number_alone()
    {
        var path = _scratch.Write("credentials", $"[audit]\naws_access_key_id = AKIAFILE\naws_secret_access_key {Secret}\n[other]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = {Secret}\n");

        var error = await Refused(Profile("audit"));

        Assert.Contains($"Line 3 of {path}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        await ExpectKey("AKIAOTHER", await Resolve(Profile("other")));
    }

    [Fact]
    public async Task A_role_over_a_sign_in_that_was_never_made_says_how_to_sign_in()
    {
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\nsource_profile = s\n[profile s]\nsso_session = never-signed-in\nsso_account_id = 111122223333\nsso_role_name = Audit\n[sso-session never-signed-in]\nsso_start_url = https://never.awsapps.com/start\nsso_region = us-east-1\n");

        Assert.Contains("aws sso login", (await Refused(Profile("p"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_whose_parts_stand_in_both_files()
    {
        _scratch.Write("credentials", $"[audit]\naws_access_key_id = AKIAFILE\naws_secret_access_key = {Secret}\n[hub]\naws_access_key_id = AKIAHUB\naws_secret_access_key = {Secret}\nregion = eu-west-2\n");
        _scratch.Write("config", "[profile audit]\nregion = eu-west-1\naws_access_key_id = AKIAIGNORED\naws_session_token = ignored\n[profile hub]\nregion = eu-west-3\n");

        var audit = await Resolve(Profile("audit"));
        await ExpectKey("AKIAFILE", audit);
        Assert.Equal("eu-west-1", audit.Region);
        Assert.Equal("eu-west-2", (await Resolve(Profile("hub"))).Region);
    }

    /// <summary>So do AWS's SDKs; its command line refuses the whole file.</summary>
    [Fact]
    public async Task A_profile_that_stands_in_a_file_twice()
    {
        _scratch.Write("credentials", $"[p]\naws_access_key_id = AKIAFIRST\naws_secret_access_key = {Secret}\nregion = eu-west-1\nregion = eu-west-2\n[q]\nregion = eu-west-3\n[p]\naws_access_key_id = AKIASECOND\n");

        var found = await Resolve(Profile("p"));

        await ExpectKey("AKIASECOND", found);
        Assert.Equal("eu-west-2", found.Region);
    }

    [Theory]
    [InlineData("duration_seconds = 7200", 7200)]
    [InlineData("duration_seconds=43200 # the longest", 43200)]
    [InlineData("s3 =\n  duration_seconds = 1", 3600)]
    [InlineData("# duration_seconds = 7200", 3600)]
    public async Task The_length_of_a_profiles_role_session(string line, int expected)
    {
        _scratch.Write("credentials", $"[hub]\naws_access_key_id = AKIAHUB\naws_secret_access_key = {Secret}\n");
        _scratch.Write("config", $"[profile other]\nduration_seconds = 900\n[profile spoke]\nrole_arn = {Role}\nsource_profile = hub\n{line}\n[profile third]\nduration_seconds = 901\n");

        await Resolve(Profile("spoke"));

        Assert.Contains($"DurationSeconds={expected}", _server.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("899")]
    [InlineData("43201")]
    [InlineData("an hour")]
    public async Task A_session_length_that_no_role_allows_is_refused(string seconds)
    {
        _scratch.Write("credentials", $"[hub]\naws_access_key_id = AKIAHUB\naws_secret_access_key = {Secret}\n");
        _scratch.Write("config", $"[profile spoke]\nrole_arn = {Role}\nsource_profile = hub\nduration_seconds = {seconds}\n");

        Assert.Contains("duration_seconds of profile 'spoke' must be 900 to 43,200", (await Refused(Profile("spoke"))).Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task The_profile_the_environment_names_must_be_there()
    {
        _environment["AWS_PROFILE"] = "prod";
        _scratch.Write("credentials", $"[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = {Secret}\n");
        Assert.Contains("'prod'", (await Refused(new CredentialReference())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_profile()
    {
        _scratch.Write("credentials", $"[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = {Secret}\n");
        await ExpectKey("AKIADEFAULT", await Resolve(new CredentialReference()));
    }

    [Fact]
    public async Task A_role_from_another_profile_with_external_id()
    {
        _scratch.Write("credentials", $"[hub]\naws_access_key_id = AKIAHUB\naws_secret_access_key = {Secret}\n");
        _scratch.Write("config", $"[profile spoke]\nrole_arn = {Role}\nsource_profile = hub\nexternal_id = shared-word\nrole_session_name = nightly\nregion = eu-west-1\n");
        var found = await Resolve(Profile("spoke"));
        await ExpectKey("ASIASTS1", found);
        var form = AssumeRoleForms().Single();
        Assert.Equal((Role, "shared-word", "nightly"), (form["RoleArn"], form["ExternalId"], form["RoleSessionName"]));
        Assert.Contains("Credential=AKIAHUB/", _server.Requests.Single().Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("/eu-west-1/sts/", _server.Requests.Single().Headers["Authorization"], StringComparison.Ordinal);
        Assert.True(found.Describe().Renews);
        Assert.Equal("111122223333", found.Describe().AccountId);
    }

    [Fact]
    public async Task Profiles_in_a_circle_are_one_clear_error()
    {
        _scratch.Write("config", $"[profile a]\nrole_arn = {Role}\nsource_profile = b\n[profile b]\nrole_arn = {Role}\nsource_profile = a\n");
        Assert.Contains("circle", (await Refused(Profile("a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_by_the_keys_of_the_environment()
    {
        _environment["AWS_ACCESS_KEY_ID"] = "AKIAENV";
        _environment["AWS_SECRET_ACCESS_KEY"] = Secret;
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\ncredential_source = Environment\n");
        await ExpectKey("ASIASTS1", await Resolve(Profile("p")));
        Assert.Contains("Credential=AKIAENV/", _server.Requests.Single().Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_by_the_instance_whose_metadata_are_read_with_a_token()
    {
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\ncredential_source = Ec2InstanceMetadata\n");
        await ExpectKey("ASIASTS1", await Resolve(Profile("p")));
        Assert.Contains("Credential=ASIAINSTANCE/", _server.Requests.Last().Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains(_metadata.Requests, request => request is { Method: "PUT", Path: "/latest/api/token" });
        Assert.All(
            _metadata.Requests.Where(request => request.Path.StartsWith("/latest/meta-data", StringComparison.Ordinal)),
            request => Assert.Equal("imds-token", request.Headers["X-aws-ec2-metadata-token"]));
    }

    [Fact]
    public async Task The_role_of_the_instance_ends_the_default_chain()
    {
        var found = await Resolve(new CredentialReference());
        await ExpectKey("ASIAINSTANCE", found);
        Assert.Contains("instance-role", found.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_found_the_error_lists_the_places()
    {
        _environment["AWS_EC2_METADATA_DISABLED"] = "true";
        var error = await Refused(new CredentialReference());
        Assert.All(["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "default profile"], place => Assert.Contains(place, error.Message, StringComparison.Ordinal));
        Assert.Equal("CredentialsNone", error.Advice?.Id);
    }

    [Fact]
    public async Task The_role_of_the_container()
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(_server.Url, "container").ToString();
        _environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "container-token";
        await ExpectKey("ASIACONTAINER", await Resolve(new CredentialReference { Kind = CredentialKind.Container }));
        Assert.Equal("container-token", _server.Requests.Single().Headers["Authorization"]);
        await ExpectKey("ASIACONTAINER", await Resolve(new CredentialReference()));
    }

    [Fact]
    public async Task A_role_by_the_container()
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(_server.Url, "container").ToString();
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\ncredential_source = EcsContainer\n");
        await ExpectKey("ASIASTS1", await Resolve(Profile("p")));
        Assert.Contains("Credential=ASIACONTAINER/", _server.Requests.Last().Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process()
    {
        var answer = _scratch.Write("answer.json", $$"""{"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "{{Secret}}", "SessionToken": "{{Token}}", "Expiration": "2099-01-01T00:00:00Z"}""");
        _scratch.Write("config", $"[profile p]\ncredential_process = {(OperatingSystem.IsWindows() ? "cmd /c type" : "cat")} {answer}\n");
        var found = await Resolve(Profile("p"));
        await ExpectKey("ASIAPROCESS", found);
        Assert.True(found.Describe().Renews);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("\"\"", "null")]
    [InlineData(null, null)]
    [InlineData("null", "\"2099-01-01T00:00:00Z\"")]
    [InlineData("null", "\"2099-01-01T01:00:00+01:00\"")]
    public async Task A_process_may_leave_out_what_the_CLI_does_without(string? token, string? end)
    {
        Prints($$"""{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "{{Secret}}"{{(token is null ? "" : $", \"SessionToken\": {token}")}}{{(end is null ? "" : $", \"Expiration\": {end}")}}, "AccountId": null}""");
        var found = await Resolve(Profile("p"));
        await ExpectKey("AKIAPROCESS", found);
        Assert.Equal("", (await found.Credentials.GetCredentialsAsync()).Token);
    }

    [Theory]
    [InlineData("Secret-in-the-clear", "printed no JSON")]
    [InlineData("[\"Secret-in-the-clear\"]", "no object")]
    [InlineData("{\"Version\": 2, \"AccessKeyId\": \"AKIA\", \"SecretAccessKey\": \"Secret-in-the-clear\"}", "Version 1")]
    [InlineData("{\"AccessKeyId\": \"AKIA\", \"SecretAccessKey\": \"Secret-in-the-clear\"}", "Version 1")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": null, \"SecretAccessKey\": \"Secret-in-the-clear\"}", "printed no AccessKeyId")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": \"AKIA\", \"SecretAccessKey\": null, \"SessionToken\": \"Secret-in-the-clear\"}", "printed no SecretAccessKey")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": \"AKIA\", \"SecretAccessKey\": \"Secret-in-the-clear\", \"Expiration\": \"soon\"}", "Expiration that is no time")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": \"AKIA\", \"SecretAccessKey\": \"Secret-in-the-clear\", \"Expiration\": \"2001-01-01T00:00:00Z\"}", "expired at 2001-01-01T00:00:00Z")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": 5, \"SecretAccessKey\": \"Secret-in-the-clear\"}", "AccessKeyId that is no text")]
    public async Task What_a_process_prints_amiss_is_told_without_repeating_it(string printed, string told)
    {
        Prints(printed);
        var error = await Refused(Profile("p"));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret-in-the-clear", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_may_print_null_for_what_its_keys_lack()
    {
        await ExpectKey("AKIAPROCESS", await Resolve(Printing($$"""{"Version": 1, "AccessKeyId": "AKIAPROCESS", "SecretAccessKey": "{{Secret}}", "SessionToken": null, "Expiration": null}""")));
    }

    [Fact]
    public async Task Keys_of_a_process_that_have_ended_are_told_so()
    {
        var error = await Refused(Printing($$"""{"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "{{Secret}}", "SessionToken": "{{Token}}", "Expiration": "2020-01-02T03:04:05Z"}"""));

        Assert.Contains("expired at 2020-01-02T03:04:05Z", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("sleep 600")]
    [InlineData("sleep 600 & echo '{}'")]
    public async Task A_process_that_never_ends_is_given_up(string command)
    {
        var credentials = new ProcessCredentials(command) { Patience = TimeSpan.FromMilliseconds(300) };

        var error = await Assert.ThrowsAsync<ProcessCredentialsException>(credentials.GetCredentialsAsync);

        Assert.Contains("did not end within", error.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("yes")]
    [InlineData("yes no-new-line | tr -d '\\n' | cat -")]
    public async Task A_process_that_prints_without_end_is_ended(string command)
    {
        _scratch.Write("config", $"[profile p]\ncredential_process = {command}\n");

        var error = await Refused(Profile("p"));

        Assert.Contains("printed more than credentials ever take", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"Version\": 1, \"AccessKeyId\": \"AKIA1\", \"SecretAccessKey\": \"x\", \"Expiration\": \"soon\"}")]
    public async Task What_a_process_prints_beside_the_form_is_an_error(string printed) =>
        Assert.Contains("credential_process", (await Refused(Printing(printed))).Message, StringComparison.Ordinal);

    private CredentialReference Printing(string answer)
    {
        _scratch.Write("config", $"[profile p]\ncredential_process = {(OperatingSystem.IsWindows() ? "cmd /c type" : "cat")} {_scratch.Write("answer.json", answer)}\n");
        return Profile("p");
    }

    [Fact]
    public async Task A_process_that_fails_is_named_and_what_it_printed_is_not()
    {
        _scratch.Write("config", $"[profile p]\ncredential_process = {_scratch.Write("broken.sh", "x")} {Secret}\n");
        var error = await Refused(Profile("p"));
        Assert.Contains("credential_process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
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

    [Fact]
    public async Task A_role_that_wants_mfa_asks_for_the_code()
    {
        const string Device = "arn:aws:iam::444455556666:mfa/ann";
        _scratch.Write("credentials", $"[hub]\naws_access_key_id = AKIAHUB\naws_secret_access_key = {Secret}\n");
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\nsource_profile = hub\nmfa_serial = {Device}\n");
        Assert.Equal("MfaCode", (await Refused(Profile("p"))).Advice?.Id);
        Assert.Empty(_server.Requests);

        var resolver = new CredentialResolver(_client) { MfaCode = (serial, _) => Task.FromResult(serial == Device ? " 123456" : "") };
        var found = await resolver.ResolveAsync(Profile("p"), null, default);
        Assert.Equal((Device, "123456"), (AssumeRoleForms().Single()["SerialNumber"], AssumeRoleForms().Single()["TokenCode"]));
        Assert.False(found.Describe().Renews);
    }

    [Fact]
    public async Task A_session_that_is_about_to_end_is_renewed()
    {
        _sessionLength = TimeSpan.FromSeconds(1);
        var resolver = new CredentialResolver(_client);
        var hub = await resolver.ResolveAsync(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("AKIAHUB", Secret), default);
        var role = resolver.Enter(hub, new RoleRequest { Role = RoleArn.Parse(Role) });
        await role.Credentials.GetCredentialsAsync();
        var asked = _server.Requests.Count;
        _sessionLength = TimeSpan.FromHours(1);
        role.Credentials.Expiration = DateTime.UtcNow.AddSeconds(-1);
        await role.Credentials.GetCredentialsAsync();
        Assert.True(_server.Requests.Count > asked);
    }

    [Fact]
    public async Task Many_who_need_a_session_at_once_renew_it_once()
    {
        var resolver = new CredentialResolver(_client);
        var hub = await resolver.ResolveAsync(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("AKIAHUB", Secret), default);
        var role = resolver.Enter(hub, new RoleRequest { Role = RoleArn.Parse(Role) });
        await role.Credentials.GetCredentialsAsync();
        Assert.IsAssignableFrom<RefreshingAWSCredentials>(role.Credentials).ClearCredentials();

        var keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => role.Credentials.GetCredentialsAsync())));
        Assert.Equal(2, AssumeRoleForms().Count());
        Assert.Equal("ASIASTS2", Assert.Single(keys.Select(key => key.AccessKey).Distinct()));
    }

    [Fact]
    public async Task A_chained_role_is_asked_for_an_hour_at_most()
    {
        var resolver = new CredentialResolver(_client);
        var hub = await resolver.ResolveAsync(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("AKIAHUB", Secret), default);
        var first = resolver.Enter(hub, new RoleRequest { Role = RoleArn.Parse(Role), Duration = 7200 });
        var second = resolver.Enter(first, new RoleRequest { Role = RoleArn.Parse(Role), Duration = 7200 });
        await second.Credentials.GetCredentialsAsync();
        Assert.Equal(["7200", "3600"], AssumeRoleForms().Select(form => form["DurationSeconds"]));
    }

    [Fact]
    public async Task A_role_of_another_partition_is_asked_for_there()
    {
        var resolver = new CredentialResolver(_client) { Region = "eu-west-1" };
        var hub = await resolver.ResolveAsync(new CredentialReference { Kind = CredentialKind.Session }, new SessionKeys("AKIAHUB", Secret), default);
        await resolver.Enter(hub, new RoleRequest { Role = RoleArn.Parse("arn:aws-us-gov:iam::111122223333:role/r") }).Credentials.GetCredentialsAsync();
        Assert.Contains("/us-gov-west-1/sts/", _server.Requests.Single().Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_text_shows_a_secret()
    {
        var keys = new SessionKeys("ASIAKEYS", Secret, Token);
        var found = await Resolve(new CredentialReference { Kind = CredentialKind.Session }, keys);
        var role = new CredentialResolver(_client).Enter(found, new RoleRequest { Role = RoleArn.Parse(Role) });
        await role.Credentials.GetCredentialsAsync();
        var texts = new object[] { keys, found, found.Describe(), found.Credentials, role, role.Describe(), role.Credentials }
            .SelectMany(thing => new[] { thing.ToString()!, Serialized(thing) });
        Assert.All(texts, text => Assert.All([Secret, Token, "sts-secret", "sts-token"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    private void Prints(string text) =>
        _scratch.Write("config", $"[profile p]\ncredential_process = {(OperatingSystem.IsWindows() ? "cmd /c type" : "cat")} {_scratch.Write("answer.json", text)}\n");

    private static string Serialized(object thing) => thing is SessionKeys or CredentialDescription ? System.Text.Json.JsonSerializer.Serialize(thing) : "";

    private static CredentialReference Profile(string name) => new() { Kind = CredentialKind.Profile, ProfileName = name };

    private Task<ResolvedCredentials> Resolve(CredentialReference reference, SessionKeys? keys = null) => new CredentialResolver(_client).ResolveAsync(reference, keys, default);

    private Task<CredentialException> Refused(CredentialReference reference) => Assert.ThrowsAsync<CredentialException>(() => Resolve(reference));

    private static async Task ExpectKey(string id, ResolvedCredentials found) => Assert.Equal(id, (await found.Credentials.GetCredentialsAsync()).AccessKey);

    private System.Collections.Generic.IEnumerable<System.Collections.Generic.IReadOnlyDictionary<string, string>> AssumeRoleForms() =>
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
