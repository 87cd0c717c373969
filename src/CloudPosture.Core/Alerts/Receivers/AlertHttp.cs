using System;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Transport;
using CloudPosture.Errors;
using CloudPosture.Text;
using CloudPosture.Time;

namespace CloudPosture.Alerts.Receivers;

/// <summary>
/// Posts to webhooks. What a server surely did not take is tried again; after an answer that leaves this open it is not, since it might be told twice.
/// </summary>
public sealed class AlertHttp : IDisposable
{
    private const int MostAttempts = 3;
    private const int LongestReason = 200;
    private const int MostOfAnAnswer = 1 << 13;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly HttpMessageInvoker _http = new(HttpTransport.Create());

    /// <summary>The longest time one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time, which passes before another attempt.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Posts once, or again where the server was surely not reached or asks to come back.</summary>
    /// <exception cref="AlertException">It was refused or not reached.</exception>
    internal async Task PostAsync(WebhookAddress address, Func<HttpContent> content, string? scheme, Secret? token, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (problem, pause, advice) = await AttemptAsync(address, content, scheme, token, cancellationToken).ConfigureAwait(false);
            if (problem is null)
            {
                return;
            }

            if (pause is not { } wait || attempt == MostAttempts || wait > LongestPause)
            {
                throw new AlertException($"{address.Host} was not told: {HostileText.Plain(Hidden(problem, address, token)).TrimEnd('.')}. The next alert tells it again.", advice);
            }

            await Time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Hidden(string said, WebhookAddress address, Secret? token) => address.Hide(token?.Hide(said) ?? said);

    private async Task<(string? Problem, TimeSpan? Pause, Advice? Advice)> AttemptAsync(WebhookAddress address, Func<HttpContent> content, string? scheme, Secret? token, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = content() };
            request.Headers.TryAddWithoutValidation("User-Agent", "CloudPosture");
            if (token is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {token.Reveal()}");
            }

            using var response = await _http.SendAsync(request, timeout.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return default;
            }

            var words = Hidden(await WordsAsync(response, timeout.Token).ConfigureAwait(false), address, token);
            cancellationToken.ThrowIfCancellationRequested();
            return (Reason(response, words), PauseOf(response), AdviceOn(response));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (FormattableString.Invariant($"no answer within {Timeout.TotalSeconds} seconds"), null, null);
        }
        catch (Exception problem) when (NetworkFailure.Is(problem) && !cancellationToken.IsCancellationRequested)
        {
            return (NetworkFailure.Reason(problem), NetworkFailure.IsUnreachable(problem) ? Pause : null, null);
        }
    }

    /// <summary>What the server says of its refusal, as far as it is of use.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // A stream of the .NET Framework knows no token.
        using var end = cancellationToken.Register(response.Dispose);
        var bytes = new byte[MostOfAnAnswer];
        var length = 0;
        try
        {
            using var body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            for (var read = -1; read != 0 && length < bytes.Length; length += read)
            {
                read = await body.ReadAsync(bytes, length, bytes.Length - length, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException || NetworkFailure.Is(problem))
        {
            // The status tells of the refusal without these words.
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Trim();
    }

    private static string Reason(HttpResponseMessage response, string words)
    {
        var status = FormattableString.Invariant($"it answers {(int)response.StatusCode}");
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            return $"{status} and leads elsewhere, where nothing is sent. Give the address that it leads to";
        }

        var advice = (int)response.StatusCode switch
        {
            401 or 403 => ". Correct the token, or the webhook's address",
            404 or 410 => ". The webhook is not there: correct its address, or make it anew",
            413 => ". The message is too large",
            _ => "",
        };
        var said = words.Length > LongestReason ? words.Substring(0, LongestReason) : words;
        return said.Length == 0 || said[0] == '<' ? status + advice : $"{status} ({said}){advice}";
    }

    private static Advice? AdviceOn(HttpResponseMessage response) =>
        (int)response.StatusCode == 413 ? new Advice("Have it tell of fewer.", "AlertLimit") : null;

    // 429 and 503 say that nothing was taken.
    private static TimeSpan? PauseOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 429 or 503 ? response.Headers.RetryAfter?.Delta ?? Pause : null;
}
