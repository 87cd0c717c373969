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
internal sealed class ProcessCredentials(string command) : RefreshingAWSCredentials
{
    private const int Longest = 1024 * 1024;

    /// <summary>How long the command may take; a person may have to confirm something meanwhile.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Read(await PrintedAsync(CredentialFetch.Token).ConfigureAwait(false));

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

    private async Task<string> PrintedAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Patience);
        try
        {
            process.StandardInput.Close();
            return await CredentialFetch.WithAsync(() => OutputAsync(process), end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(cancellationToken)
                : new ProcessCredentialsException(FormattableString.Invariant($"did not end within {Patience.TotalSeconds:0} seconds, and was ended"));
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

    private static async Task<string> OutputAsync(Process process)
    {
        // Both are read, or a command that says much would wait for ever.
        var errors = DrainAsync(process.StandardError);
        var printed = await TextAsync(process.StandardOutput).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        process.WaitForExit();
        return process.ExitCode == 0 ? printed : throw new ProcessCredentialsException($"ended with exit code {process.ExitCode}");
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
#if NET
                process.Kill(entireProcessTree: true);
#else
                process.Kill();
#endif
            }
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended meanwhile, or is not ours to end.
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
