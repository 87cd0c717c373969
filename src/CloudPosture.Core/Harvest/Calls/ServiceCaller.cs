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
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Harvest.Pacing;
using CloudPosture.Lake.Harvests;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Calls;

/// <summary>
/// Sends the calls of one service of one account: only those its catalog entry names, at its pace, repeated where that may help,
/// counted by operation. What cannot be reached or hangs is not asked again.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="service">The service.</param>
/// <param name="mute">Operations that failed in a Region at every attempt in a reading before: until one answers it gets one.</param>
internal sealed class ServiceCaller(AccountContext account, ServiceEntry service, IReadOnlyCollection<(string Operation, string Region)>? mute = null)
{
    private const int MostInFlight = 64;
    private const int MostRenewals = 10;
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(2);
    private readonly HarvestContext _context = account.Harvest;
    private readonly AccountTarget _target = account.Target;
    private readonly ServiceModel _model = account.Harvest.Content.Models.Get(service.Model);
    private readonly HashSet<string> _allowed = new(service.Operations, StringComparer.Ordinal);
    private readonly Pace _pace = account.Shared.PaceOf(service, account.Harvest.Request.Unpaced ? double.PositiveInfinity : account.Harvest.Request.QuotaShare);
    private readonly RetryQuota _quota = new();
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly ServiceCircuits _circuits = new(account, service);
    private readonly RegionProbes _probes = new();
    private readonly ConcurrentDictionary<(string Operation, string Region), bool> _hasAnswered = new();
    private readonly ConcurrentDictionary<string, CallCounter> _counters = new(StringComparer.Ordinal);

    /// <summary>The operations of which no call was answered in a Region.</summary>
    public IReadOnlyCollection<(string Operation, string Region)> Mute => [.. _hasAnswered.Where(asked => !asked.Value).Select(asked => asked.Key)];

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<OperationStatistics> Statistics =>
        [.. _counters.OrderBy(counter => counter.Key, StringComparer.Ordinal).Select(counter => counter.Value.ToStatistics(counter.Key))];

    public OperationModel Model(OperationEntry call) => _model.Operation(call.Operation);

    /// <summary>Whether a Region stopped answering and is asked no more.</summary>
    public bool IsCut(string region) => _circuits.IsCut(region);

    /// <summary>Waits for what AWS prepares; others of the account may go on meanwhile.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => account.Calls.WaitAsync(service, () => _context.Clock.DelayAsync(pause, cancellationToken));

    /// <summary>Sends a call.</summary>
    /// <param name="call">The call, as the catalog names it.</param>
    /// <param name="region">The Region to ask.</param>
    /// <param name="input">The input.</param>
    /// <param name="isDigestedAtOnce">See <see cref="AwsCall.IsDigestedAtOnce"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AwsServiceException">AWS refused, to the last attempt.</exception>
    /// <exception cref="HarvestStoppedException">The account cannot go on: no budget, or no valid credentials.</exception>
    public async Task<AwsAnswer> SendAsync(OperationEntry call, string region, JsonElement input, bool isDigestedAtOnce, CancellationToken cancellationToken)
    {
        if (!_allowed.Contains(call.Operation))
        {
            throw new InvalidOperationException($"The catalog does not name {service.Name}:{call.Operation}, so a harvest never calls it.");
        }

        _hasAnswered.TryAdd((call.Operation, region), false);
        var attempt = new CallAttempt(call, region, _counters.GetOrAdd(call.Operation, _ => new CallCounter()), _circuits.Mark(region, call));
        try
        {
            return await RetryLoop.RunAsync(
                async () =>
                {
                    var answer = await AttemptAsync(attempt, input, isDigestedAtOnce, cancellationToken).ConfigureAwait(false);
                    _hasAnswered[(call.Operation, region)] = true;
                    account.Session.Counted(attempt.Session);
                    _quota.Restore(attempt.Failures > 0);
                    _circuits.Answered(region, attempt.Mark, isSuccess: true);
                    _probes.Answered(region);
                    return answer;
                },
                async (problem, _) => await FailedAsync(problem, attempt, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (NotAskedException refused)
        {
            throw refused.Reason;
        }
        finally
        {
            _probes.Ended(attempt);
        }
    }

    /// <summary>Takes a failed attempt into account, and waits for the next.</summary>
    /// <returns>False where there is none.</returns>
    private async Task<bool> FailedAsync(AwsServiceException problem, CallAttempt attempt, CancellationToken cancellationToken)
    {
        attempt.IsRetry = true;
        if (problem.Kind == AwsErrorKind.ExpiredCredentials && IsAbout(problem, attempt.Call) && attempt.Renewals < MostRenewals)
        {
            attempt.Renewals++;
            await account.Session.RenewAsync(attempt.Session, problem, cancellationToken).ConfigureAwait(false);
            return true;
        }

        attempt.Failures++;
        if (IsAbout(problem, attempt.Call))
        {
            Note(problem, attempt);
        }

        if (problem.HttpStatus > 0 && !problem.IsForeign)
        {
            _circuits.Answered(attempt.Region, attempt.Mark, isSuccess: problem.Kind is not (AwsErrorKind.Throttled or AwsErrorKind.Transient or AwsErrorKind.UnknownOperation));
            if (!IsFault(problem))
            {
                _probes.Answered(attempt.Region);
            }
        }

        if (MayRetry(problem, attempt) && await WaitForNextAsync(problem, attempt, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        GiveUp(problem, attempt);
        return false;
    }

    /// <summary>Waits for the time of the next attempt.</summary>
    /// <returns>False where there is none: the service has no answer for anybody, or the quota of retries is used up.</returns>
    private async Task<bool> WaitForNextAsync(AwsServiceException problem, CallAttempt attempt, CancellationToken cancellationToken)
    {
        if (IsFault(problem) && !_probes.IsToFindOut(attempt, out var found))
        {
            await account.Calls.WaitAsync(service, () => found).ConfigureAwait(false);
            return await found.ConfigureAwait(false) && HasRetriesLeft(problem);
        }

        if (!HasRetriesLeft(problem))
        {
            return false;
        }

        await PauseAsync(problem, attempt, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<AwsAnswer> AttemptAsync(CallAttempt attempt, JsonElement input, bool isDigestedAtOnce, CancellationToken cancellationToken)
    {
        _circuits.RefuseOpenCircuit(attempt);
        await _pace.WaitAsync(attempt.Region, attempt.Call.Operation, account.Calls, cancellationToken).ConfigureAwait(false);
        await _inFlight.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await account.Calls.EnterAsync(service, cancellationToken).ConfigureAwait(false);
            try
            {
                return await SendOnceAsync(attempt, input, isDigestedAtOnce, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                account.Calls.Leave();
            }
        }
        finally
        {
            _inFlight.Release();
        }
    }

    private async Task<AwsAnswer> SendOnceAsync(CallAttempt attempt, JsonElement input, bool isDigestedAtOnce, CancellationToken cancellationToken)
    {
        try
        {
            _circuits.RefuseOpenCircuit(attempt);
            (attempt.Session, var credentials) = await account.Session.CurrentAsync(cancellationToken).ConfigureAwait(false);
            _context.Budget.Take();
            attempt.Counter.Call(attempt.IsRetry);
            _context.Meter.Called(_target, service.Name);
            var target = new AwsTarget { Credentials = credentials, Region = attempt.Region, AccountId = _target.AccountId, Endpoints = _target.Endpoints };
            var answer = await _context.Aws.SendAsync(new AwsCall { Operation = Model(attempt.Call), Input = input, Target = target, IsDigestedAtOnce = isDigestedAtOnce }, cancellationToken).ConfigureAwait(false);
            attempt.Counter.Received(answer.WireBytes);
            return Sound(attempt.Call, answer);
        }
        catch (Exception problem) when (IsFatal(problem))
        {
            throw SessionRenewal.Stopped(problem);
        }
    }

    /// <summary>Waits before another attempt; a long wait is told, because nothing else would be seen for so long.</summary>
    private async Task PauseAsync(AwsServiceException problem, CallAttempt attempt, CancellationToken cancellationToken)
    {
        var pause = RetryPolicy.Delay(attempt.Failures, problem.RetryAfter);
        if (problem.RetryAfter is { } asked && asked >= WorthTelling)
        {
            _context.Meter.Waits(_target, service.Name, $"waits {pause.TotalSeconds:0} s, as AWS asks after {service.Name}:{attempt.Call.Operation} in {attempt.Region} ({problem.Code})");
        }

        await account.Calls.WaitAsync(service, () => _context.Clock.DelayAsync(pause, cancellationToken)).ConfigureAwait(false);
    }

    /// <exception cref="AwsServiceException">The answer is sound by its model, and yet not what the catalog asked for.</exception>
    private AwsAnswer Sound(OperationEntry call, AwsAnswer answer)
    {
        if (AnswerCheck.Fault(call, Model(call), answer) is not { } fault)
        {
            return answer;
        }

        answer.Dispose();
        throw new AwsServiceException($"{call.Operation} {fault}. If a proxy stands between, it may have changed the answer.")
        {
            Kind = AwsErrorKind.Malformed,
            Code = Failure.MalformedCode,
            Operation = call.Operation,
        };
    }

    /// <summary>Whether nothing can be sent for the account at all: its credentials or the settings give nothing to sign with.</summary>
    private static bool IsFatal(Exception problem) =>
        problem is not (AwsServiceException or NotAskedException or HarvestStoppedException or OperationCanceledException) && !OwnMistakeException.Is(problem);

    private void Note(AwsServiceException problem, CallAttempt attempt)
    {
        switch (problem.Kind)
        {
            case AwsErrorKind.Throttled:
                attempt.Counter.Throttled();
                _context.Meter.Throttled();
                _pace.Throttled(attempt.Region, attempt.Call.Operation, RetryPolicy.Bounded(problem.RetryAfter));
                break;
            case AwsErrorKind.AccessDenied:
                attempt.Counter.Denied();
                break;
            case AwsErrorKind.ExpiredCredentials or AwsErrorKind.InvalidCredentials or AwsErrorKind.ClockSkew:
                throw SessionRenewal.Stopped(problem);
        }
    }

    /// <summary>Whether another attempt may help.</summary>
    private bool MayRetry(AwsServiceException problem, CallAttempt attempt) =>
        _context.Retries.Allows(problem, attempt.Failures)
        && (problem.Kind == AwsErrorKind.Throttled || mute?.Contains((attempt.Call.Operation, attempt.Region)) != true || _hasAnswered[(attempt.Call.Operation, attempt.Region)])
        && !_circuits.IsInVain(problem, attempt.Region);

    /// <summary>Throttling has a bucket of its own that it lowers; what fails otherwise draws on the quota of retries.</summary>
    private bool HasRetriesLeft(AwsServiceException problem) => problem.Kind == AwsErrorKind.Throttled || !_context.Retries.HasQuota || _quota.TryTake();

    /// <summary>Whether what came back is no answer to anything, and another call may have fared no better.</summary>
    private static bool IsFault(AwsServiceException problem) => problem.Kind is AwsErrorKind.Transient or AwsErrorKind.Malformed;

    /// <exception cref="HarvestStoppedException">It was not the call that failed: its credentials cannot be renewed.</exception>
    private void GiveUp(AwsServiceException problem, CallAttempt attempt)
    {
        if (!IsAbout(problem, attempt.Call))
        {
            throw account.Session.CannotRenew(problem);
        }

        _circuits.Failed(problem, attempt);
    }

    /// <summary>False where it was not the call that failed but the one that was to renew its credentials.</summary>
    private static bool IsAbout(AwsServiceException problem, OperationEntry call) => problem.Operation.Length == 0 || problem.Operation == call.Operation;
}
