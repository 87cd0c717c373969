using System;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>Credentials of roles: from whom they are entered, for how long, and how they are renewed.</summary>
public sealed class RoleCredentialTests(EnvironmentCollection shared) : CredentialTest(shared)
{
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
    public async Task A_role_by_the_container()
    {
        _environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(_server.Url, "container").ToString();
        _scratch.Write("config", $"[profile p]\nrole_arn = {Role}\ncredential_source = EcsContainer\n");
        await ExpectKey("ASIASTS1", await Resolve(Profile("p")));
        Assert.Contains("Credential=ASIACONTAINER/", _server.Requests.Last().Headers["Authorization"], StringComparison.Ordinal);
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
}
