using System;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>Keys of the session, of the environment and of the machine, in the order in which they are looked for.</summary>
public sealed class CredentialResolverTests(EnvironmentCollection shared) : CredentialTest(shared)
{
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

    private static string Serialized(object thing) => thing is SessionKeys or CredentialDescription ? System.Text.Json.JsonSerializer.Serialize(thing) : "";
}
