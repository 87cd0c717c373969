using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Protocols;
using CloudPosture.Aws.Retry;
using CloudPosture.Aws.Transport;
using CloudPosture.Json;
using CloudPosture.Time;

namespace CloudPosture.Aws;

/// <summary>
/// Sends any operation of the API models. Thread-safe; it pools connections, so that one client serves a whole process.
/// </summary>
public sealed class AwsClient : IAwsCaller, IDisposable
{
    private readonly AwsClientOptions _options;
    private readonly EndpointResolver _endpoints;
    private readonly HttpMessageInvoker _http;
    private readonly RetryPolicy _retry;
    private readonly RetryQuota _quota = new();
    private readonly ConcurrentDictionary<(string? Account, string Service, string Region), AdaptiveRate> _rates = new();

    /// <summary>Makes a client.</summary>
    /// <param name="models">What operations there are.</param>
    /// <param name="options">How it reaches AWS; null for AWS's own endpoints and the environment's settings.</param>
    /// <exception cref="AwsConfigurationException">The options or the environment's settings are unusable.</exception>
    public AwsClient(ServiceModels models, AwsClientOptions? options = null)
    {
        Models = models;
        _options = options ?? new AwsClientOptions();
        _endpoints = new EndpointResolver(_options);
        _retry = _options.Retry ?? RetryPolicy.FromEnvironment(_options.Environment);
        _http = new HttpMessageInvoker(_options.HttpMessageHandler ?? HttpTransport.Create(), disposeHandler: _options.HttpMessageHandler is null);
    }

    /// <summary>What operations there are, for those who name one.</summary>
    public ServiceModels Models { get; }

    /// <summary>Sends a call once. An S3 bucket that is in another Region is asked there.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels; nothing is left running.</param>
    /// <returns>The answer; dispose it.</returns>
    /// <exception cref="AwsServiceException">AWS refused the call, or could not be reached.</exception>
    /// <exception cref="AwsConfigurationException">The Region or an endpoint in the settings is unusable.</exception>
    /// <exception cref="ArgumentException">The input does not fit the operation.</exception>
    public Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken) => SendAsync(call, RequestSerializer.Serialize(call.Operation, call.Input), cancellationToken);

    /// <summary>Sends a call and repeats what may fare better, as AWS_RETRY_MODE and AWS_MAX_ATTEMPTS say.</summary>
    /// <inheritdoc cref="SendAsync(AwsCall, CancellationToken)"/>
    public async Task<AwsAnswer> SendWithRetryAsync(AwsCall call, CancellationToken cancellationToken)
    {
        var request = RequestSerializer.Serialize(call.Operation, call.Input);
        var rate = _retry.Mode == RetryMode.Adaptive
            ? _rates.GetOrAdd((call.Target.AccountId, call.Operation.Service.Name, call.Target.Region), _ => new AdaptiveRate(_options.Time))
            : null;
        var attempts = 0;
        return await RetryLoop.RunAsync(
            async () =>
            {
                attempts++;
                await (rate?.AcquireAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
                var answer = await SendAsync(call, request, cancellationToken).ConfigureAwait(false);
                rate?.Update(throttled: false);
                _quota.Restore(attempts > 1);
                return answer;
            },
            async (problem, failures) =>
            {
                rate?.Update(problem.Kind == AwsErrorKind.Throttled);
                if (!MayRetry(problem, failures))
                {
                    return false;
                }

                await _options.Time.DelayAsync(RetryPolicy.Delay(failures, problem.RetryAfter), cancellationToken).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
    }

    /// <summary>Sends a call and follows its pages, each with retries. An operation without pages gives one answer.</summary>
    /// <param name="call">The call for the first page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answers; each is valid until the next one is asked for.</returns>
    /// <inheritdoc cref="SendAsync(AwsCall, CancellationToken)" path="/exception"/>
    public async IAsyncEnumerable<AwsAnswer> PagesAsync(AwsCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var guard = new PageGuard(call.Operation);
        for (AwsCall? page = call; page is not null;)
        {
            using var answer = await SendWithRetryAsync(page, cancellationToken).ConfigureAwait(false);
            var isNew = guard.IsNew(answer);
            page = guard.Next(page.Input, answer) is { } next ? page with { Input = next } : null;
            if (isNew)
            {
                yield return answer;
            }
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private bool MayRetry(AwsServiceException problem, int attempt) =>
        attempt < _retry.MaxAttempts && RetryPolicy.IsRetryable(problem) && (_retry.Mode == RetryMode.Legacy || _quota.TryTake());

    private async Task<AwsAnswer> SendAsync(AwsCall call, AwsRequest request, CancellationToken cancellationToken)
    {
        var region = call.Target.Region;
        var (answer, refusal) = await AttemptAsync(call, request, region, cancellationToken).ConfigureAwait(false);
        if (refusal is not null && RedirectRegion(request, refusal, region) is { } other)
        {
            (answer, refusal) = await AttemptAsync(call, request, other, cancellationToken).ConfigureAwait(false);
        }

        return answer ?? throw refusal!.ToException(call);
    }

    /// <summary>The Region that S3 says a bucket is in; only its name is believed, never an address.</summary>
    private static string? RedirectRegion(AwsRequest request, Refusal refusal, string region) =>
        request.Bucket is not null && (int)refusal.Status is 301 or 307 or 400
        && refusal.Error.Region is { } other && other != region && Partition.Find(other) is not null
            ? other
            : null;

    private async Task<(AwsAnswer? Answer, Refusal? Refusal)> AttemptAsync(AwsCall call, AwsRequest request, string region, CancellationToken cancellationToken)
    {
        var endpoint = _endpoints.Resolve(request, region, call.Target.Endpoints);
        using var message = await RequestSigner.SignAsync(request, endpoint, call.Target.Credentials, _options.Time.UtcNow, cancellationToken).ConfigureAwait(false);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            _options.Sending?.Invoke(call.Operation);
            using var response = await _http.SendAsync(message, timeout.Token).ConfigureAwait(false);
            AnswerLength.Check(response);
            using var body = await ResponseBody.ReadAsync(response.Content, EnterAsync, timeout.Token).ConfigureAwait(false);
            return Read(call, request, response, body, region);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw timeout.IsCancellationRequested
                ? Failure.TimedOut(call, endpoint.BaseUri, _options.Timeout)
                : Failure.Unreachable(call, endpoint.BaseUri, "no connection in time");
        }
        catch (MalformedAnswerException problem)
        {
            throw Failure.Malformed(call, problem);
        }
        catch (InvalidDataException)
        {
            throw Failure.Malformed(call, new MalformedAnswerException("It cannot be decompressed"));
        }
        catch (Exception problem) when (NetworkFailure.Is(problem) && !cancellationToken.IsCancellationRequested)
        {
            throw NetworkFailure.IsUnreachable(problem)
                ? Failure.Unreachable(call, endpoint.BaseUri, NetworkFailure.Reason(problem), problem)
                : Failure.Broken(call, endpoint.BaseUri, problem);
        }

        // Who waits for a place is not slow.
        async Task<LargeAnswer> EnterAsync(LargeAnswer? place, int length)
        {
            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            var entered = place ?? await LargeAnswer.EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await (entered.IsTooSmallFor(length) ? entered.GrowAsync(cancellationToken) : Task.CompletedTask).ConfigureAwait(false);
            }
            catch when (place is null)
            {
                entered.Dispose();
                throw;
            }

            timeout.CancelAfter(_options.Timeout);
            return entered;
        }
    }

    private (AwsAnswer? Answer, Refusal? Refusal) Read(AwsCall call, AwsRequest request, HttpResponseMessage response, ResponseBody received, string region)
    {
        var body = received.Bytes;
        var isError = !response.IsSuccessStatusCode || (request.Bucket is not null && ErrorDecoder.IsErrorDocument(body));
        if (isError)
        {
            var status = response.IsSuccessStatusCode ? HttpStatusCode.InternalServerError : response.StatusCode;
            return (null, new Refusal(request.Operation, status, ErrorDecoder.Decode(response, body), region, RetryAfter(response), Skew(response)));
        }

        var decoded = new ByteBuffer((body.Count / 2) + 256);
        try
        {
            AnswerDecoder.Decode(request.Operation, response, body, decoded);
            var answer = new AwsAnswer(decoded, ErrorDecoder.RequestId(response), (int)response.StatusCode, body.Count);
            answer.Hold(call.IsDigestedAtOnce ? received.TakePlace() : null);
            return (answer, null);
        }
        catch
        {
            decoded.Dispose();
            throw;
        }
    }

    private TimeSpan? Skew(HttpResponseMessage response) => response.Headers.Date is { } date ? _options.Time.UtcNow - date : null;

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when date > _options.Time.UtcNow => date - _options.Time.UtcNow,
            _ => null,
        };
}
