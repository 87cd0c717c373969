using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;
using CloudPosture.Aws.Retry;
using CloudPosture.Catalog;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>
/// Sends the calls of one service of one account: only those its catalog entry names, at its pace, repeated where that may help,
/// counted by operation. A Region that cannot be reached is not asked again.
/// </summary>
internal sealed class ServiceCaller(HarvestContext context, AccountTarget account, ServiceEntry service)
{
    private const int MostInFlight = 128;
    private readonly ServiceModel _model = ServiceModels.Get(service.Model);
    private readonly HashSet<string> _allowed = new(service.Operations, StringComparer.Ordinal);
    private readonly Pace _pace = new(service, context.Request.Unpaced ? double.PositiveInfinity : context.Request.QuotaShare, context.Clock);
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly ConcurrentDictionary<string, CallCounter> _counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AwsServiceException> _deadRegions = new(StringComparer.Ordinal);

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<OperationStatistics> Statistics =>
        [.. _counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).Select(counter => counter.Value.ToStatistics(counter.Key))];

    public OperationModel Model(OperationEntry call) => _model.Operation(call.Operation);

    /// <summary>Sends a call.</summary>
    /// <param name="call">The call, as the catalog names it.</param>
    /// <param name="region">The Region to ask.</param>
    /// <param name="input">The input.</param>
    /// <param name="isDigestedAtOnce">See <see cref="AwsCall.IsDigestedAtOnce"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="AwsServiceException">AWS refused, to the last attempt.</exception>
    /// <exception cref="HarvestStoppedException">The account cannot go on: no budget, or no valid credentials.</exception>
    public async Task<AwsAnswer> SendAsync(OperationEntry call, string region, JsonElement input, bool isDigestedAtOnce, CancellationToken ct)
    {
        if (!_allowed.Contains(call.Operation))
        {
            throw new InvalidOperationException($"The catalog does not name {service.Name}:{call.Operation}, so a harvest never calls it.");
        }

        var counter = _counters.GetOrAdd(call.Operation, _ => new CallCounter());
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await AttemptAsync(call, region, input, isDigestedAtOnce, counter, failures, ct).ConfigureAwait(false);
            }
            catch (AwsServiceException problem)
            {
                Note(problem, call, region, counter);
                if (!context.Retries.Allows(problem.Kind, failures + 1))
                {
                    GiveUp(problem, region);
                    throw;
                }

                await context.Clock.DelayAsync(RetryPolicy.Delay(failures + 1, problem.RetryAfter), ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<AwsAnswer> AttemptAsync(OperationEntry call, string region, JsonElement input, bool isDigestedAtOnce, CallCounter counter, int failures, CancellationToken ct)
    {
        await _pace.WaitAsync(region, call.Operation, ct).ConfigureAwait(false);
        await _inFlight.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_deadRegions.TryGetValue(region, out var dead))
            {
                throw dead;
            }

            context.Budget.Take();
            counter.Call(isRetry: failures > 0);
            context.Meter.Called(account, service.Name);
            var target = new AwsTarget { Credentials = account.Credentials, Region = region, AccountId = account.AccountId };
            var answer = await context.Aws.SendAsync(new AwsCall { Operation = Model(call), Input = input, Target = target, IsDigestedAtOnce = isDigestedAtOnce }, ct).ConfigureAwait(false);
            counter.Received(answer.WireBytes);
            return answer;
        }
        catch (Exception problem) when (IsFatal(problem))
        {
            throw new HarvestStoppedException(problem.Message, problem);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    /// <summary>Whether nothing can be sent for the account at all: its credentials or the settings give nothing to sign with.</summary>
    private static bool IsFatal(Exception problem) =>
        problem is not (AwsServiceException or HarvestStoppedException or OperationCanceledException or ArgumentException or KeyNotFoundException);

    private void Note(AwsServiceException problem, OperationEntry call, string region, CallCounter counter)
    {
        switch (problem.Kind)
        {
            case AwsErrorKind.Throttled:
                counter.Throttled();
                context.Meter.Throttled();
                _pace.Throttled(region, call.Operation, problem.RetryAfter);
                break;
            case AwsErrorKind.AccessDenied:
                counter.Denied();
                break;
            case AwsErrorKind.ExpiredCredentials or AwsErrorKind.InvalidCredentials or AwsErrorKind.ClockSkew:
                throw new HarvestStoppedException(problem.Message, problem);
        }
    }

    private void GiveUp(AwsServiceException problem, string region)
    {
        if (problem.Kind is AwsErrorKind.Unreachable or AwsErrorKind.RegionDisabled)
        {
            _deadRegions.TryAdd(region, problem);
        }
    }
}
