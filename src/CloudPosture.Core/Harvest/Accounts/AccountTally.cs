using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Accounts;

/// <summary>Counts what the reading of an account took, and tells how it went. Thread-safe.</summary>
internal sealed class AccountTally(HarvestContext context, AccountTarget target)
{
    private const int SlowestShown = 3;
    private const int MostRegionsTold = 3;
    private const int MostOpenTold = 5;
    private readonly List<OperationStatistics> _calls = [];
    private readonly List<(string Service, double Seconds)> _times = [];
    private readonly Dictionary<string, string> _open = new(StringComparer.Ordinal);
    private DateTimeOffset _begunAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _endedAt;

    /// <summary>Whether a service could not be read to its end.</summary>
    public bool HasOpen => _open.Count > 0;

    /// <summary>A service was read from one time to another.</summary>
    public void Took(string service, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_times)
        {
            _times.Add((service, (to - from).TotalSeconds));
            _begunAt = _begunAt < from ? _begunAt : from;
            _endedAt = to;
        }
    }

    /// <summary>A service was not read to its end.</summary>
    /// <param name="service">The service.</param>
    /// <param name="unread">Its lists that are missing; at least one.</param>
    public void StaysOpen(string service, IReadOnlyDictionary<(string Type, string Region), ReadGap> unread)
    {
        var regions = unread.Keys.Select(list => list.Region)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(region => region, StringComparer.Ordinal).ToList();
        var gap = unread.Values.First();
        var told = $"{gap.Service} in {(regions.Count > MostRegionsTold ? $"{regions.Count} Regions" : string.Join(", ", regions))} ({gap.Operation} answered {gap.Code}: {gap.Message.TrimEnd('.')})";
        lock (_open)
        {
            _open[service] = told;
        }
    }

    /// <summary>A service is read to its end, or as far as it ever will be.</summary>
    public void Ends(string service)
    {
        lock (_open)
        {
            _open.Remove(service);
        }
    }

    /// <summary>What to say of the services that were not read to their end.</summary>
    public string TellOpen()
    {
        var more = _open.Count > MostOpenTold ? $"; and {_open.Count - MostOpenTold} more" : "";
        return $"{(_open.Count == 1 ? "A service" : $"{_open.Count} services")} could not be read to the end: {string.Join("; ", _open.Values.Take(MostOpenTold))}{more}.";
    }

    /// <summary>Counts calls with this run, and with the harvest where no commit tells them.</summary>
    public void Count(string service, IReadOnlyList<OperationStatistics> calls, bool isCommitted)
    {
        lock (_calls)
        {
            _calls.AddRange(calls);
        }

        if (!isCommitted)
        {
            context.Writer.Record(new SentCalls { AccountId = target.AccountId, Service = service, Operations = calls });
        }
    }

    /// <summary>The end where no service could be read with the budget, so that the same one would never do.</summary>
    public HarvestStoppedException TooSmall(ServiceEntry service, long sent, HarvestStoppedException cause)
    {
        var last = context.Before(target.AccountId)?.CommitOf(service.Name)?.Statistics.Operations.Sum(operation => operation.Calls);
        var sideBySide = Math.Min(context.Request.ThrottleLimit, context.Request.Targets.Count);
        var enough = (Math.Max(last ?? 0, 2 * sent) + 1) * sideBySide;
        if (last is null && sent == 0)
        {
            return Stopped("before any service was read to its end.", new Advice("Resume the harvest with a larger budget.", "BudgetLarger"));
        }

        return Stopped(
            $"and no service was read to its end with it: it does not cover {service.Name} of account {target.AccountId}, {(last is { } calls ? $"which took {calls} calls last time" : $"which took {sent} calls so far")}.",
            sideBySide > 1
                ? new Advice($"Resume the harvest with a budget of {enough} or more, or with less and one account at a time.", "BudgetEnoughOrOneByOne", FormattableString.Invariant($"{enough}"))
                : new Advice($"Resume the harvest with a budget of {enough} or more.", "BudgetEnough", FormattableString.Invariant($"{enough}")));

        HarvestStoppedException Stopped(string what, Advice advice) => new($"{context.Budget.Reason} {what}", advice, cause) { IsBudget = true };
    }

    /// <summary>Whether nothing of the account was asked before it ended so.</summary>
    public bool IsNotStarted(Exception problem) =>
        problem is HarvestStoppedException { IsBudget: true } && _calls.Sum(call => call.Calls) == 0 && context.Writer.CommitsOf(target.AccountId).Count == 0;

    /// <summary>How the account went.</summary>
    public AccountSummary Summarize(Exception? failure)
    {
        var commits = context.Writer.CommitsOf(target.AccountId);
        var slowest = _times.OrderByDescending(service => service.Seconds).Take(SlowestShown)
            .Select(service => string.Format(CultureInfo.InvariantCulture, "{0} {1:0.0}", service.Service, service.Seconds));
        return new AccountSummary
        {
            HarvestId = context.Writer.Manifest.HarvestId,
            AccountId = target.AccountId,
            AccountName = target.AccountName,
            Connection = target.Connection,
            Status = failure is null ? AccountStatus.Complete
                : commits.Any(IsSome) ? AccountStatus.Incomplete
                : IsNotStarted(failure) ? AccountStatus.NotStarted
                : failure is HarvestStoppedException { IsBudget: true } ? AccountStatus.Incomplete
                : AccountStatus.Failed,
            Failure = failure?.Message,
            Advice = failure is null ? null : ResumeAdvice.BeyondMessage(failure),
            Mistake = failure as OwnMistakeException,
            Services = commits.Count(commit => !commit.IsOpen),
            Fresh = context.Writer.FreshOf(target.AccountId).Count,
            Resources = commits.Sum(commit => commit.Types.Values.Sum()),
            Gaps = commits.Sum(commit => commit.GapCount),
            Calls = _calls.Sum(call => call.Calls),
            Throttled = _calls.Sum(call => call.Throttled),
            Retried = _calls.Sum(call => call.Retried),
            Denied = _calls.Sum(call => call.Denied),
            Bytes = _calls.Sum(call => call.Bytes),
            Duration = _times.Count > 0 ? _endedAt - _begunAt : TimeSpan.Zero,
            SlowestServices = string.Join(", ", slowest),
        };
    }

    /// <summary>Whether anything of a service was read.</summary>
    private static bool IsSome(ServiceCommit commit) => !commit.IsOpen || commit.Types.Count > 0;
}
