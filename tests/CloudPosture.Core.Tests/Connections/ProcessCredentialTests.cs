using System;
using System.Threading.Tasks;
using CloudPosture.Aws.Credentials;
using CloudPosture.Tests.Harvest;

namespace CloudPosture.Tests.Connections;

/// <summary>Credentials that a program of the user's prints.</summary>
public sealed class ProcessCredentialTests(EnvironmentCollection shared) : CredentialTest(shared)
{
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

    [Fact]
    public async Task A_process_that_fails_is_named_and_what_it_printed_is_not()
    {
        _scratch.Write("config", $"[profile p]\ncredential_process = {_scratch.Write("broken.sh", "x")} {Secret}\n");
        var error = await Refused(Profile("p"));
        Assert.Contains("credential_process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    private void Prints(string text) =>
        _scratch.Write("config", $"[profile p]\ncredential_process = {(OperatingSystem.IsWindows() ? "cmd /c type" : "cat")} {_scratch.Write("answer.json", text)}\n");

    private CredentialReference Printing(string text)
    {
        Prints(text);
        return Profile("p");
    }
}
