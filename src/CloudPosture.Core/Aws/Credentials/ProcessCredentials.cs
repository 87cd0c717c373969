using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Credentials that a <c>credential_process</c> prints. Members that are null count as left out, which is how scripts print keys that
/// do not end; keys that have ended already are told as such. What the process prints is never shown.
/// </summary>
internal sealed class ProcessCredentials(string command, string profile) : RefreshingAWSCredentials
{
    private const int LongestWaitMilliseconds = 15 * 60 * 1000;

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var printed = await RunAsync().ConfigureAwait(false);
        try
        {
            using var answer = JsonDocument.Parse(printed);
            return StateOf(answer.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw Refused("printed no JSON object of the form that AWS asks for");
        }
    }

    private CredentialsRefreshState StateOf(JsonElement answer)
    {
        if (Text(answer, "AccessKeyId") is not { } id || Text(answer, "SecretAccessKey") is not { } secret)
        {
            throw Refused("printed no AccessKeyId or no SecretAccessKey");
        }

        var ends = DateTime.MaxValue;
        if (Text(answer, "Expiration") is { } text)
        {
            ends = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.UtcDateTime
                : throw Refused("printed an Expiration that is no time");
            if (ends <= DateTime.UtcNow)
            {
                throw Refused($"gave keys that expired at {ends.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC");
            }
        }

        return new CredentialsRefreshState(new ImmutableCredentials(id, secret, Text(answer, "SessionToken")), ends);
    }

    private async Task<string> RunAsync()
    {
        using var process = new Process { StartInfo = Start() };
        try
        {
            process.Start();
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            throw Refused("cannot be started");
        }

        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        if (!process.WaitForExit(LongestWaitMilliseconds))
        {
            throw Refused("does not end");
        }

        return process.ExitCode == 0 ? output : throw Refused($"ended with {process.ExitCode}");
    }

    // By the shell, as with AWS's own tools.
    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo { UseShellExecute = false, CreateNoWindow = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.DirectorySeparatorChar == '\\')
        {
            (start.FileName, start.Arguments) = ("cmd.exe", "/c " + command);
            return start;
        }

        start.FileName = "/bin/sh";
#if NETFRAMEWORK
        start.Arguments = $"-c \"{command.Replace("\"", "\\\"")}\"";
#else
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
#endif
        return start;
    }

    private CredentialException Refused(string what) =>
        new($"The credential_process of profile '{profile}' {what}. Run the command by hand to see why.");

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
