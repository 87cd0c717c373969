using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Harvest.Pacing;
using CloudPosture.Harvest.Services;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Accounts;

/// <summary>Reads one account, its services one after the other as far as none only waits.</summary>
internal sealed class AccountHarvest(HarvestContext context, AccountTarget target, IReadOnlyList<ServiceEntry> services)
{
    // Of all accounts side by side; each may begin a few however many they are.
    private const int MostBegunOfAll = 64;
    private const int MostBegun = 32;
    private const int FewestBegun = 8;
    private readonly AccountTally _tally = new(context, target);
    private readonly Lazy<LakeSnapshot?> _before = new(() => context.Before(target.AccountId));
    private AccountContext _account = null!;
    private AccountPlanner _planner = null!;
    private readonly ConcurrentQueue<ServiceEntry> _faulty = new();
    private readonly ConcurrentDictionary<ServiceEntry, IReadOnlyCollection<(string Operation, string Region)>> _mute = new();
    private int _left;

    /// <summary>Reads the account.</summary>
    /// <returns>How it went; a failure of the account is told there.</returns>
    /// <exception cref="LakeException">The lake cannot be written: no account can go on.</exception>
    public async Task<AccountSummary> RunAsync(CancellationToken cancellationToken)
    {
        var shared = context.Shared.Enter(target, out var isAlone);
        var isHeldElsewhere = !context.Request.Lake.TryHold(target.AccountId, out var held);
        try
        {
            if (isHeldElsewhere && isAlone)
            {
                context.Request.Warn?.Invoke($"Another process is harvesting account {target.AccountId} into this lake. Each uses its share of the account's request rates and reads one service at a time, so that together they use twice as much.", new Advice("Let one of them wait, or lower its share.", "QuotaShare"));
            }

            var session = new SessionRenewal(target, context.Clock, new CredentialOwner(context.Aws, context.Content.Models, target));
            _account = new AccountContext(context, target, shared, session, new CallTurn());
            _planner = new AccountPlanner(_account, _tally);
            var failure = await TryRunAsync(cancellationToken).ConfigureAwait(false);
            context.Writer.Secure(target.AccountId);
            context.Meter.AccountDone(target, _left);
            return _tally.Summarize(failure);
        }
        finally
        {
            held?.Dispose();
            context.Shared.Leave(target);
        }
    }

    /// <summary>Null where the account was read to its end.</summary>
    private async Task<Exception?> TryRunAsync(CancellationToken cancellationToken)
    {
        var open = services.Where(service => !context.Writer.IsDone(target.AccountId, service.Name)).ToList();
        _left = open.Count;
        Skip(services.Count - open.Count, ofLeft: 0);
        if (open.Count == 0)
        {
            return null;
        }

        var known = _planner.AccountWith([], null);
        try
        {
            if (target.Closed is { } why)
            {
                throw new HarvestStoppedException(why.Message, ResumeAdvice.BeyondMessage(why), why);
            }

            var plan = await _planner.PlanAsync(services, BeginServiceAsync, cancellationToken).ConfigureAwait(false);
            var fresh = new FreshServices(context, plan.Account, _before);
            var left = open.Where(service => !fresh.Has(service)).ToList();
            plan = plan with { Account = plan.Account with { Fresh = [.. plan.Account.Fresh, .. open.Except(left).Select(service => service.Name)] } };
            known = plan.Account;
            Record(plan.Account);
            Skip(open.Count - left.Count, ofLeft: open.Count - left.Count);
            // Others ask what the management account alone may be asked: who it is must be known by then.
            var telling = left.Where(TellsOfOrganization).ToList();
            await Sequence().RunAsync(Each(telling), async (service, stop) => known = (plan = await ReadAsync(plan, service, stop).ConfigureAwait(false)).Account, cancellationToken).ConfigureAwait(false);
            var others = Each(LongestFirst(left.Except(telling)));
            await Sequence().RunAsync(() => others() ?? Faulty(), (service, stop) => ReadAsync(plan, service, stop), cancellationToken).ConfigureAwait(false);
            return _tally.HasOpen ? throw new HarvestStoppedException(_tally.TellOpen(), ResumeAdvice.Later) : null;
        }
        catch (Exception thrown) when (thrown is not (OperationCanceledException or LakeException))
        {
            // One account's fault ends no other, and still shows as whose it is.
            var problem = OwnMistakeException.Told(thrown);

            // An account that was not begun keeps what is known of it; one that nobody knows must not be passed over in silence.
            if (!_tally.IsNotStarted(problem) || context.Before(target.AccountId) is null)
            {
                Record(known with { Failure = ResumeAdvice.Whole(problem) });
            }

            return problem;
        }
    }

    /// <summary>What waits for its rates for long is begun first, so that the others are read meanwhile. Services that were named, and those of a budget, keep their order.</summary>
    private IEnumerable<ServiceEntry> LongestFirst(IEnumerable<ServiceEntry> left) =>
        context.Request is { MaxCall: null, Services.Count: 0 }
            ? left.OrderByDescending(service => _before.Value?.CommitOf(service.Name)?.Statistics?.Seconds ?? service.SecondsOfListing)
            : left;

    private static Func<ServiceEntry?> Each(IEnumerable<ServiceEntry> services)
    {
        var left = new Queue<ServiceEntry>(services);
        return () => left.Count > 0 ? left.Dequeue() : null;
    }

    /// <summary>A service that had a fault of its own may be over it by now, when all else is read or waits.</summary>
    private ServiceEntry? Faulty() => _faulty.TryDequeue(out var service) ? service : null;

    private static bool TellsOfOrganization(ServiceEntry service) => service.Resources.Any(type => type.Type == OrganizationTypes.Organization);

    /// <summary>A budget is for few services that are read whole, not for many that are begun.</summary>
    private ServiceSequence Sequence() =>
        new(_account.Calls, (service, cancellationToken) => BeginServiceAsync(service.Name, cancellationToken), () => context.Request.MaxCall is null && !_account.Shared.IsWanted, MostBegunAtATime);

    /// <summary>A budget is not for that, and who allows one attempt wants one.</summary>
    private bool IsReadAgain => context.Request.MaxCall is null && context.Retries.Other > 1;

    private int MostBegunAtATime =>
        Math.Max(FewestBegun, Math.Min(MostBegun, MostBegunOfAll / Math.Min(context.Request.ThrottleLimit, context.Request.Targets.Count)));

    private void Skip(int count, int ofLeft)
    {
        context.Meter.ServicesSkipped(count);
        _left -= ofLeft;
    }

    private void Record(HarvestedAccount account) => context.Writer.Record(account with { RecordedAt = context.Clock.UtcNow });

    /// <summary>Reads and commits a service.</summary>
    /// <param name="plan">The account, and what of it is to be read.</param>
    /// <param name="service">The service.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan with what the service told of the account.</returns>
    private async Task<AccountPlan> ReadAsync(AccountPlan plan, ServiceEntry service, CancellationToken cancellationToken)
    {
        var isAgain = _mute.TryGetValue(service, out var mute);
        var before = context.Writer.OpenCommitOf(target.AccountId, service.Name);
        var answers = context.Regions.Answers;
        var startedAt = context.Clock.UtcNow;
        using var writer = context.Writer.Begin(plan.Account, service.Name, startedAt);
        var harvest = new ServiceHarvest(_account, plan, service, writer, startedAt, mute);
        var round = new ServiceRound(service, harvest, writer) { StartedAt = startedAt, AnswersBefore = answers, Before = before, IsAgain = isAgain };
        var isCommitted = false;
        try
        {
            await harvest.RunAsync(cancellationToken).ConfigureAwait(false);
            var unread = await UnreadAsync(round, plan.HomeRegion, cancellationToken).ConfigureAwait(false);
            isCommitted = Commit(round, unread);
        }
        catch (HarvestStoppedException stopped) when (stopped.IsBudget && !context.Budget.HasReadAny)
        {
            throw _tally.TooSmall(service, harvest.Statistics.Sum(operation => operation.Calls), stopped);
        }
        finally
        {
            _tally.Count(service.Name, harvest.Statistics, isCommitted);
        }

        if (!isAgain)
        {
            Interlocked.Decrement(ref _left);
            context.Budget.ServiceRead();
            context.Meter.ServiceDone(target, service.Name, writer.ResourceCount);
        }

        if (harvest.IsManagementAccount == plan.Account.IsManagementAccount)
        {
            return plan;
        }

        var told = plan with { Account = plan.Account with { IsManagementAccount = harvest.IsManagementAccount } };
        Record(told.Account);
        return told;
    }

    /// <summary>Waits while another harvest of this process reads a service of the account.</summary>
    private async Task<IDisposable> BeginServiceAsync(string service, CancellationToken cancellationToken)
    {
        if (_account.Shared.IsBusy)
        {
            context.Meter.Waits(target, service, "waits for another harvest of the account");
        }

        return await _account.Shared.BeginServiceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Commits what was read. A service of which lists are missing stays open, so that resuming reads it again: once, because what
    /// fails then too, though AWS can be reached, will fail on.
    /// </summary>
    /// <returns>False where what was read before is better and stays.</returns>
    private bool Commit(ServiceRound round, IReadOnlyDictionary<(string Type, string Region), ReadGap> unread)
    {
        var isOpen = unread.Count > 0 && (round.Before is null || round.IsAgain || context.Regions.Answers == 0);
        var isWorse = round.Before is not null && unread.Count > round.Before.Unread.Count;
        var statistics = new ServiceStatistics { Seconds = (context.Clock.UtcNow - round.StartedAt).TotalSeconds, Operations = round.Harvest.Statistics };
        _tally.Took(round.Service.Name, round.StartedAt, context.Clock.UtcNow);
        if (isWorse)
        {
            context.Writer.Settle(round.Before! with { IsOpen = isOpen });
        }
        else
        {
            round.Writer.Commit(statistics, [.. unread.Keys.Select(list => new UnreadList(list.Type, list.Region))], round.Harvest.Gaps.HasPassingGaps || unread.Count > 0, isOpen);
        }

        if (isOpen)
        {
            _tally.StaysOpen(round.Service.Name, unread);
            if (round.Harvest.Gaps.HasFaults && !round.IsAgain && IsReadAgain)
            {
                _mute[round.Service] = round.Harvest.Mute;
                _faulty.Enqueue(round.Service);
            }
        }
        else
        {
            _tally.Ends(round.Service.Name);
        }

        return !isWorse;
    }

    /// <summary>The lists that another reading may bring: also those without a host, where it is name resolution that failed.</summary>
    private async Task<IReadOnlyDictionary<(string Type, string Region), ReadGap>> UnreadAsync(ServiceRound round, string homeRegion, CancellationToken cancellationToken)
    {
        var gaps = round.Harvest.Gaps;
        if (gaps.Homeless.Count == 0)
        {
            return gaps.Unread;
        }

        // Where a host was before, there is one.
        var known = context.Before(target.AccountId) is { } latest && latest.IsSound(round.Service.Name) && latest.CommitOf(round.Service.Name) is { } last
            ? latest.GapsOf(last)
                .Where(gap => gap.Reason == GapReason.ServiceUnavailable)
                .Select(gap => (gap.ResourceType, gap.Region))
                .Except(last.Unread.Select(list => (list.Type, list.Region)))
                .ToList()
            : null;
        var isResolving = context.Regions.Answers > round.AnswersBefore || await _planner.CanAskAsync(homeRegion, cancellationToken).ConfigureAwait(false);
        return gaps.Unread
            .Concat(gaps.Homeless.Where(list => !isResolving || (known is not null && !known.Contains(list.Key))))
            .ToDictionary(list => list.Key, list => list.Value);
    }
}
