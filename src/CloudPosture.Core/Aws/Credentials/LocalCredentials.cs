using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// Credentials that something near by gives over HTTP: an instance's metadata service, a container's agent. AWSSDK.Core's own classes take
/// an answer of any length into memory, read a token's file without end, and wait for what neither ends nor can be cancelled. What was
/// answered may hold the keys: no error repeats it.
/// </summary>
internal abstract class LocalCredentials : RefreshingAWSCredentials
{
    private const int LongestAnswer = 64 * 1024;
    private const int MostAttempts = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    // No proxy stands before what is on the machine itself, and nothing there sends a call elsewhere.
    private static readonly HttpClient Http = new(new HttpClientHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        MaxResponseContentBufferSize = LongestAnswer,
        Timeout = LongestWait,
    };

    private protected LocalCredentials() => PreemptExpiryTime = Early;

    /// <summary>Asks, again where nothing or a fault comes back.</summary>
    /// <returns>The text of the answer.</returns>
    /// <exception cref="LocalCredentialsException">There is none.</exception>
    private protected static async Task<string> AskAsync(HttpMethod method, Uri address, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        for (var attempt = 1; ; attempt++)
        {
            string problem;
            try
            {
                using var request = new HttpRequestMessage(method, address);
                foreach (var (name, value) in headers)
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                using var answer = await Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
                }

                problem = FormattableString.Invariant($"it answered with status {(int)answer.StatusCode}");
                attempt = (int)answer.StatusCode >= 500 ? attempt : MostAttempts;
            }
            catch (HttpRequestException failure)
            {
                problem = failure.InnerException is null ? "its answer is longer than credentials ever are, or broke off" : "it cannot be reached, or broke off";
                attempt = failure.InnerException is null ? MostAttempts : attempt;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Where there is no such service nobody answers, and who has no credentials there need not wait three times to be told.
                problem = FormattableString.Invariant($"it gave no whole answer in {LongestWait.TotalSeconds:0} seconds");
                attempt = MostAttempts;
            }

            if (attempt >= MostAttempts)
            {
                throw new LocalCredentialsException($"{address.GetLeftPart(UriPartial.Path)}: {problem}");
            }
        }
    }

    /// <summary>The credentials of an answer.</summary>
    private protected static CredentialsRefreshState Read(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var keys = document.RootElement;
            if (keys.TryGetProperty("Code", out var code) && code.GetString() is { } said && said != "Success")
            {
                throw new LocalCredentialsException("it has no credentials now" + (said.All(char.IsLetterOrDigit) ? $" ({said})" : ""));
            }

            var end = DateTimeOffset.Parse(Text(keys, "Expiration"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime;
            return new CredentialsRefreshState(new ImmutableCredentials(Text(keys, "AccessKeyId"), Text(keys, "SecretAccessKey"), Text(keys, "Token")), end);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new LocalCredentialsException("its answer is none that holds credentials");
        }
    }

    private static string Text(JsonElement keys, string member) => keys.GetProperty(member).GetString() is { Length: > 0 } text ? text : throw new FormatException();
}
