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
using RefreshingAWSCredentials = Amazon.Runtime.RefreshingAWSCredentials;

namespace CloudPosture.Harvest;

/// <summary>
/// Sends the calls of one service of one account: only those its catalog entry names, at its pace, repeated where that may help,
/// counted by operation. What cannot be reached or hangs is not asked again.
/// </summary>
internal sealed class ServiceCaller(HarvestContext context, AccountTarget account, ServiceEntry service)
{
    private const int MostInFlight = 128;
    private const int MostRenewals = 3;
    private readonly ServiceModel _model = ServiceModels.Get(service.Model);
    private readonly HashSet<string> _allowed = new(service.Operations, StringComparer.Ordinal);
    private readonly Pace _pace = new(service, context.Request.Unpaced ? double.PositiveInfinity : context.Request.QuotaShare, context.Clock);
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly ConcurrentDictionary<string, CallCounter> _counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Region, string? Operation), Line> _lines = new();
    private int _renewals;

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
        var (ofRegion, ofOperation) = (LineOf(region, null), LineOf(region, call.Operation));
        var before = (Region: ofRegion.Answers, Operation: ofOperation.Answers);
        var renewed = 0;
        for (var failures = 0; ; failures++)
        {
            var renewals = Volatile.Read(ref _renewals);
            try
            {
                var answer = await AttemptAsync(call, region, input, isDigestedAtOnce, counter, failures, ct).ConfigureAwait(false);
                Answered(region, ofRegion, ofOperation);
                return answer;
            }
            catch (AwsServiceException problem) when (problem.Kind == AwsErrorKind.ExpiredCredentials && renewed < MostRenewals && TryRenew(renewals))
            {
                renewed++;
            }
            catch (AwsServiceException problem) when (problem != ofRegion.Dead && problem != ofOperation.Dead)
            {
                if (IsAbout(problem, call))
                {
                    Note(problem, call, region, counter);
                }

                if (problem.HttpStatus > 0)
                {
                    Answered(region, ofRegion, ofOperation);
                }

                if (!MayRetry(problem, region, failures + 1))
                {
                    throw GiveUp(problem, call, region, (ofRegion, ofRegion.Answers > before.Region), (ofOperation, ofOperation.Answers > before.Operation));
                }

                await context.Clock.DelayAsync(RetryPolicy.Delay(failures + 1, problem.RetryAfter), ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<AwsAnswer> AttemptAsync(OperationEntry call, string region, JsonElement input, bool isDigestedAtOnce, CallCounter counter, int failures, CancellationToken ct)
    {
        RefuseDead(region, call);
        await _pace.WaitAsync(region, call.Operation, ct).ConfigureAwait(false);
        await _inFlight.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            RefuseDead(region, call);
            context.Budget.Take();
            counter.Call(isRetry: failures > 0);
            context.Meter.Called(account, service.Name);
            var target = new AwsTarget { Credentials = account.Credentials, Region = region, AccountId = account.AccountId, Endpoints = account.Endpoints };
            var answer = await context.Aws.SendAsync(new AwsCall { Operation = Model(call), Input = input, Target = target, IsDigestedAtOnce = isDigestedAtOnce }, ct).ConfigureAwait(false);
            counter.Received(answer.WireBytes);
            return Sound(call, answer);
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

    /// <summary>
    /// An answer that is nothing but a text (a bucket's policy) has no form that decoding could miss: the page of a proxy would pass
    /// for it. Where the catalog says that the text is JSON, it must be.
    /// </summary>
    private static AwsAnswer Sound(OperationEntry call, AwsAnswer answer)
    {
        if (call is CallEntry { DecodeJson: true } decoded
            && decoded.Select.Find(answer.Root) is { ValueKind: JsonValueKind.String } text
            && !JsonRewriter.IsJson(text))
        {
            answer.Dispose();
            throw new AwsServiceException($"{call.Operation} answered with a text that is no JSON. If a proxy stands between, it may have changed the answer.")
            {
                Kind = AwsErrorKind.Malformed,
                Code = "MalformedAnswer",
                Operation = call.Operation,
            };
        }

        return answer;
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

    private bool MayRetry(AwsServiceException problem, string region, int failures) =>
        context.Retries.Allows(problem.Kind, failures) && !(IsInVain(problem) && context.Regions.IsSuspect(region, service.Name));

    /// <summary>What the caller gets to know after the last attempt. What hangs, and did not answer anybody else meanwhile, is asked no more.</summary>
    private Exception GiveUp(AwsServiceException problem, OperationEntry call, string region, (Line Line, bool HasAnswered) ofRegion, (Line Line, bool HasAnswered) ofOperation)
    {
        if (!IsAbout(problem, call))
        {
            return new HarvestStoppedException($"The credentials of account {account.AccountId} cannot be renewed ({problem.Message.TrimEnd('.')}). Set that right, then continue with -Resume.", problem);
        }

        if (problem.Kind is AwsErrorKind.Unreachable or AwsErrorKind.RegionDisabled || (problem.Kind == AwsErrorKind.TimedOut && !ofRegion.HasAnswered && HangsAsAWhole(region, call)))
        {
            if (ofRegion.Line.TryKill(problem) && IsInVain(problem))
            {
                context.Regions.Hung(region, service.Name, problem);
            }
        }
        else if (problem.Kind == AwsErrorKind.TimedOut && !ofOperation.HasAnswered)
        {
            ofOperation.Line.TryKill(problem);
        }

        return problem;
    }

    /// <summary>Whether the Region never answered, or another operation hangs there too.</summary>
    private bool HangsAsAWhole(string region, OperationEntry call) =>
        LineOf(region, null).Answers == 0 || _lines.Any(line => line.Key.Region == region && line.Key.Operation != call.Operation && line.Value.Dead is not null);

    /// <summary>Whether nothing came back, though AWS does offer the service there.</summary>
    private static bool IsInVain(AwsServiceException problem) =>
        problem.Kind is AwsErrorKind.TimedOut or AwsErrorKind.Unreachable && GapReasons.Of(problem) == GapReason.Unreachable;

    /// <summary>False where it was not the call that failed but the one that was to renew its credentials.</summary>
    private static bool IsAbout(AwsServiceException problem, OperationEntry call) => problem.Operation.Length == 0 || problem.Operation == call.Operation;

    private void RefuseDead(string region, OperationEntry call)
    {
        if (context.Regions.Refusal(region, service.Name) is { } hanging)
        {
            LineOf(region, null).TryKill(hanging);
        }

        if ((LineOf(region, null).Dead ?? LineOf(region, call.Operation).Dead) is { } reason)
        {
            throw reason;
        }
    }

    private void Answered(string region, Line ofRegion, Line ofOperation)
    {
        ofRegion.Answered();
        ofOperation.Answered();
        context.Regions.Answered(region, service.Name);
    }

    /// <summary>Has credentials that renew themselves do so before they meant to: AWS ends a session early where it is revoked, or this machine's clock is slow.</summary>
    /// <param name="renewals">How often that was done before the call was sent; somebody else may have done it meanwhile.</param>
    /// <returns>False where the credentials cannot be renewed.</returns>
    private bool TryRenew(int renewals)
    {
        if (account.Credentials is not RefreshingAWSCredentials credentials)
        {
            return false;
        }

        if (Interlocked.CompareExchange(ref _renewals, renewals + 1, renewals) == renewals)
        {
            credentials.ClearCredentials();
        }

        return true;
    }

    private Line LineOf(string region, string? operation) => _lines.GetOrAdd((region, operation), _ => new Line());
}
