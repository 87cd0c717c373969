using System;
using System.Collections.Concurrent;
using System.Linq;
using CloudPosture.Aws;
using CloudPosture.Content.Catalog;
using CloudPosture.Harvest.Accounts;
using CloudPosture.Lake.Harvests;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Calls;

/// <summary>What the reading of one service knows of its Regions, and of operations there: what hangs or is not there is not asked again. Thread-safe.</summary>
internal sealed class ServiceCircuits(AccountContext account, ServiceEntry service)
{
    private readonly HarvestContext _context = account.Harvest;
    private readonly AccountTarget _target = account.Target;
    private readonly ConcurrentDictionary<(string Region, string? Operation), CircuitBreaker> _circuits = new();

    /// <summary>Whether a Region stopped answering and is asked no more.</summary>
    public bool IsCut(string region) => _circuits.TryGetValue((region, null), out var circuit) && circuit.OpenedBy is { } reason && IsInVain(reason);

    /// <summary>A call begins.</summary>
    public CircuitMark Mark(string region, OperationEntry call) => new(CircuitOf(region, null), CircuitOf(region, call.Operation));

    /// <summary>An answer came, if only an error.</summary>
    public void Answered(string region, CircuitMark mark, bool isSuccess)
    {
        mark.Region.Answered(isSuccess: true);
        mark.Operation.Answered(isSuccess);
        _context.Regions.Answered(_target.Endpoints, region, service.Name, isSuccess);
    }

    /// <summary>Whether another attempt would wait for what somebody waits for in vain already.</summary>
    public bool IsInVain(AwsServiceException problem, string region) =>
        IsInVain(problem) && _context.Regions.IsSuspect(_target.Endpoints, region, service.Name);

    /// <summary>A call failed to the last attempt. What hangs, and did not answer anybody else meanwhile, is asked no more.</summary>
    public void Failed(AwsServiceException problem, CallAttempt attempt)
    {
        var (region, mark) = (attempt.Region, attempt.Mark);
        if (problem.Kind is AwsErrorKind.Unreachable or AwsErrorKind.RegionDisabled
            || (problem.Kind == AwsErrorKind.TimedOut && !mark.HasRegionAnswered && HangsAsAWhole(region, attempt.Call)))
        {
            var askAgainAt = IsInVain(problem) ? _context.Clock.UtcNow + HangingRegions.RestAfter(problem) : DateTimeOffset.MaxValue;
            if (mark.Region.TryOpen(problem, askAgainAt) && IsInVain(problem))
            {
                _context.Regions.Hung(_target.Endpoints, region, service.Name, problem);
            }
        }
        else if ((problem.Kind == AwsErrorKind.UnknownOperation && mark.Operation.Successes == 0)
            || (problem.Kind == AwsErrorKind.TimedOut && !mark.HasOperationAnswered) || (problem.Kind == AwsErrorKind.Throttled && !mark.HasOperationSucceeded))
        {
            mark.Operation.TryOpen(problem, DateTimeOffset.MaxValue);
        }
    }

    /// <exception cref="NotAskedException">It is known already that an answer would not come.</exception>
    public void RefuseOpenCircuit(CallAttempt attempt)
    {
        var (region, call) = (attempt.Region, attempt.Call);
        if (!attempt.IsProbe && CircuitOf(region, null) is { OpenedBy: { } reason } circuit)
        {
            attempt.IsProbe = circuit.TryProbe(_context.Clock.UtcNow, HangingRegions.RestAfter(reason));
            if (!attempt.IsProbe)
            {
                throw NotAsked(call, region, "an earlier call of the service failed there", reason);
            }
        }

        if (CircuitOf(region, call.Operation).OpenedBy is { } hanging)
        {
            throw NotAsked(call, region, "earlier calls of it failed there", hanging);
        }

        if (!attempt.IsProbe && _context.Regions.IsSuspect(_target.Endpoints, region, service.Name))
        {
            if (_context.Regions.Refusal(_target.Endpoints, region, service.Name) is { } refusal)
            {
                throw NotAsked(call, region, refusal.Because, refusal.Problem);
            }

            attempt.IsProbe = true;
        }
    }

    /// <summary>Whether nothing came back, though AWS does offer the service there.</summary>
    private static bool IsInVain(AwsServiceException problem) =>
        problem.Kind is AwsErrorKind.TimedOut or AwsErrorKind.Unreachable && GapReasons.Of(problem) == GapReason.Unreachable;

    /// <summary>Whether the Region never answered, or another operation hangs there too.</summary>
    private bool HangsAsAWhole(string region, OperationEntry call) =>
        CircuitOf(region, null).Answers == 0 || _circuits.Any(circuit => circuit.Key.Region == region && circuit.Key.Operation != call.Operation && circuit.Value.OpenedBy is { Kind: AwsErrorKind.TimedOut });

    /// <summary>A failure of the caller's own, with the cause that somebody else met.</summary>
    private NotAskedException NotAsked(OperationEntry call, string region, string because, AwsServiceException problem)
    {
        var what = problem.Message.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 ? problem.Message.Substring(colon + 2) : problem.Message;
        return new(new AwsServiceException($"{service.Name}:{call.Operation} was not asked in {region}, account {_target.AccountId}, because {because}: {what}", problem)
        {
            Kind = problem.Kind,
            Code = problem.Code,
            HttpStatus = problem.HttpStatus,
            Service = _context.Content.Models.Get(service.Name).Name,
            Operation = call.Operation,
            Region = region,
            AccountId = _target.AccountId,
        });
    }

    private CircuitBreaker CircuitOf(string region, string? operation) => _circuits.GetOrAdd((region, operation), _ => new CircuitBreaker());
}
