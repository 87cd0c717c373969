using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CloudPosture.Time;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Credentials that a command prints (<c>credential_process</c>), with all that the AWS CLI takes: a session token and an end that are
/// null or missing too, at which AWSSDK.Core's own class breaks. What was printed may hold the keys: no error repeats it.
/// </summary>
/// <param name="command">The command, for the shell.</param>
/// <param name="patience">How long it may take; a person may have to confirm something meanwhile.</param>
internal sealed class ProcessCredentials(string command, TimeSpan patience) : RefreshingAWSCredentials
{
    private const int Longest = 1024 * 1024;

    public ProcessCredentials(string command)
        : this(command, TimeSpan.FromMinutes(5))
    {
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Read(await PrintedAsync().ConfigureAwait(false));

    private static CredentialsRefreshState Read(string printed)
    {
        JsonElement keys;
        try
        {
            using var document = JsonDocument.Parse(printed);
            keys = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new ProcessCredentialsException("printed no JSON");
        }

        if (keys.ValueKind != JsonValueKind.Object)
        {
            throw new ProcessCredentialsException("printed JSON that is no object");
        }

        if (!keys.TryGetProperty("Version", out var version) || version.ValueKind != JsonValueKind.Number || version.GetRawText() != "1")
        {
            throw new ProcessCredentialsException("printed no Version 1, the only one that AWS defines");
        }

        var end = End(keys);
        return end <= TimeProvider.System.UtcNow.UtcDateTime
            ? throw new ProcessCredentialsException($"printed credentials that expired at {end.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}")
            : new CredentialsRefreshState(new ImmutableCredentials(Demand(keys, "AccessKeyId"), Demand(keys, "SecretAccessKey"), Text(keys, "SessionToken")), end);
    }

    private static DateTime End(JsonElement keys)
    {
        if (Text(keys, "Expiration") is not { } text)
        {
            return DateTime.MaxValue;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? end.UtcDateTime
            : throw new ProcessCredentialsException("printed an Expiration that is no time; it is written like 2027-01-31T12:00:00Z");
    }

    private static string Demand(JsonElement keys, string member) => Text(keys, member) ?? throw new ProcessCredentialsException($"printed no {member}");

    /// <summary>Null where the member is missing, null or empty.</summary>
    private static string? Text(JsonElement keys, string member)
    {
        if (!keys.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind != JsonValueKind.String ? throw new ProcessCredentialsException($"printed a {member} that is no text")
            : value.GetString() is { Length: > 0 } text ? text
            : null;
    }

    private async Task<string> PrintedAsync()
    {
        using var process = Start();
        try
        {
            process.StandardInput.Close();

            // Both are read, or a command that says much would wait for ever.
            var printed = TextAsync(process.StandardOutput);
            var ended = Task.WhenAll(printed, DrainAsync(process.StandardError), Task.Run(() => process.WaitForExit()));
            var first = await Task.WhenAny(ended, FailureOf(printed), Task.Delay(patience)).ConfigureAwait(false);
            if (first != ended && !printed.IsFaulted)
            {
                throw new ProcessCredentialsException($"did not end within {patience.TotalMinutes:0.##} minutes");
            }

            var text = await printed.ConfigureAwait(false);
            await ended.ConfigureAwait(false);
            return process.ExitCode == 0 ? text : throw new ProcessCredentialsException($"ended with exit code {process.ExitCode}");
        }
        catch (IOException)
        {
            throw new ProcessCredentialsException("broke off");
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>Ends when a task fails, and never otherwise.</summary>
    private static Task FailureOf(Task task)
    {
        var failure = new TaskCompletionSource<bool>();
        _ = task.ContinueWith(_ => failure.SetResult(true), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return failure.Task;
    }

    private static async Task<string> TextAsync(TextReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false)) > 0;)
        {
            if (text.Append(buffer, 0, read).Length > Longest)
            {
                throw new ProcessCredentialsException("printed more than credentials ever take");
            }
        }

        return text.ToString();
    }

    private static async Task DrainAsync(TextReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false) > 0)
        {
            // What it says there may hold the keys.
        }
    }

    /// <summary>Ends a command that was not waited for, and what it began.</summary>
    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
#if NETFRAMEWORK
                process.Kill();
#else
                process.Kill(entireProcessTree: true);
#endif
            }
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It ended by itself meanwhile.
        }
    }

    // As AWSSDK.Core does, so that what worked goes on working.
    private Process Start()
    {
        var isWindows = Path.DirectorySeparatorChar == '\\';
        var start = new ProcessStartInfo
        {
            FileName = isWindows ? "cmd.exe" : "sh",
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
#if NETFRAMEWORK
        start.Arguments = "/c " + command;
#else
        if (isWindows)
        {
            start.Arguments = "/c " + command;
        }
        else
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }
#endif
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new ProcessCredentialsException("cannot be started");
        }
    }
}
