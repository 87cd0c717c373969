using System;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;

namespace CloudPosture.Tests.Connections;

/// <summary>What profiles say, in which of the AWS files and at which place.</summary>
public sealed class ProfileFileTests(EnvironmentCollection shared) : CredentialTest(shared)
{
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
    public async Task Profiles_in_a_circle_are_one_clear_error()
    {
        _scratch.Write("config", $"[profile a]\nrole_arn = {Role}\nsource_profile = b\n[profile b]\nrole_arn = {Role}\nsource_profile = a\n");
        Assert.Contains("circle", (await Refused(Profile("a"))).Message, StringComparison.Ordinal);
    }
}
