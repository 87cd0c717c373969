using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Content.Catalog;
using CloudPosture.Json;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>Reads one account, its services one after the other as far as none only waits.</summary>
internal sealed class AccountHarvest(HarvestContext context, AccountTarget target, IReadOnlyList<ServiceEntry> services)
{
    private const string RegionType = "AWS::EC2::Region";
    private const int SlowestShown = 3;
    private const int MostOpenTold = 5;
    private readonly List<OperationStatistics> _calls = [];
    private readonly List<(string Service, double Seconds)> _times = [];
    private readonly List<string> _open = [];
    private AccountContext _account = null!;
    private DateTimeOffset _begunAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _endedAt;
    private int _left;

    /// <summary>Reads the account.</summary>
    /// <returns>How it went; a failure of the account is told there.</returns>
    /// <exception cref="LakeException">The lake cannot be written: no account can go on.</exception>
    public async Task<AccountSummary> RunAsync(CancellationToken ct)
    {
        var shared = context.Shared.Enter(target, out var isAlone);
        var isHeldElsewhere = !context.Request.Lake.TryHold(target.AccountId, out var held);
        try
        {
            if (isHeldElsewhere && isAlone)
            {
                context.Request.Warn?.Invoke($"Another process is harvesting account {target.AccountId} into this lake. Each uses its share of the account's request rates and reads one service at a time, so that together they use twice as much. Let one of them wait, or lower -QuotaShare.");
            }

            _account = new AccountContext(context, target, shared, new SessionRenewal(target, context.Clock), new CallTurn());
            var failure = await TryRunAsync(ct).ConfigureAwait(false);
            context.Meter.AccountDone(target, _left);
            return Summarize(failure);
        }
        finally
        {
            held?.Dispose();
            context.Shared.Leave(target);
        }
    }

    /// <summary>Null where the account was read to its end.</summary>
    private async Task<Exception?> TryRunAsync(CancellationToken ct)
    {
        var open = services.Where(service => !context.Writer.IsDone(target.AccountId, service.Name)).ToList();
        _left = open.Count;
        Skip(services.Count - open.Count, ofLeft: 0);
        if (open.Count == 0)
        {
            return null;
        }

        var known = AccountWith([], null);
        try
        {
            if (target.Closed is { } why)
            {
                throw new HarvestStoppedException(why);
            }

            var plan = await PlanAsync(ct).ConfigureAwait(false);
            var fresh = new FreshServices(context, plan.Account);
            var left = open.Where(service => !fresh.Has(service)).ToList();
            plan = plan with { Account = plan.Account with { Fresh = [.. plan.Account.Fresh, .. open.Except(left).Select(service => service.Name)] } };
            known = plan.Account;
            Record(plan.Account);
            Skip(open.Count - left.Count, ofLeft: open.Count - left.Count);
            // Others ask what the management account alone may be asked: who it is must be known by then.
            var telling = left.Where(TellsOfOrganization).ToList();
            await Sequence().RunAsync(telling, async (service, stop) => known = (plan = await ReadAsync(plan, service, stop).ConfigureAwait(false)).Account, ct).ConfigureAwait(false);
            await Sequence().RunAsync(left.Except(telling), (service, stop) => ReadAsync(plan, service, stop), ct).ConfigureAwait(false);
            return _open.Count == 0 ? null : throw new HarvestStoppedException(TellOpen());
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or LakeException))
        {
            // An account that was not begun keeps what is known of it; one that nobody knows must not be passed over in silence.
            if (!IsNotStarted(problem) || context.Before(target.AccountId) is null)
            {
                Record(known with { Failure = problem.Message });
            }

            return problem;
        }
    }

    private static bool TellsOfOrganization(ServiceEntry service) => service.Resources.Any(type => type.Type == ServiceHarvest.OrganizationType);

    /// <summary>A budget is for few services that are read whole, not for many that are begun.</summary>
    private ServiceSequence Sequence() =>
        new(_account.Calls, (service, ct) => BeginServiceAsync(service.Name, ct), () => context.Request.MaxCall is null && !_account.Shared.IsWanted);

    private string TellOpen()
    {
        var more = _open.Count > MostOpenTold ? $"; and {_open.Count - MostOpenTold} more" : "";
        return $"{(_open.Count == 1 ? "A service" : $"{_open.Count} services")} could not be read to the end: {string.Join("; ", _open.Take(MostOpenTold))}{more}. Continue with -Resume when that is over.";
    }

    private void Skip(int count, int ofLeft)
    {
        context.Meter.ServicesSkipped(count);
        _left -= ofLeft;
    }

    private void Record(HarvestedAccount account) => context.Writer.Record(account with { RecordedAt = context.Clock.UtcNow });

    /// <summary>Reads and commits a service.</summary>
    /// <returns>The plan with what the service told of the account.</returns>
    private async Task<AccountPlan> ReadAsync(AccountPlan plan, ServiceEntry service, CancellationToken ct)
    {
        var before = context.Writer.OpenCommitOf(target.AccountId, service.Name);
        var answers = context.Regions.Answers;
        var startedAt = context.Clock.UtcNow;
        using var writer = context.Writer.Begin(plan.Account, service.Name, startedAt);
        var harvest = new ServiceHarvest(_account, plan, service, writer, startedAt);
        var isCommitted = false;
        try
        {
            await harvest.RunAsync(ct).ConfigureAwait(false);
            var unread = await UnreadAsync(harvest, plan, service, answers, ct).ConfigureAwait(false);
            isCommitted = Commit(service, harvest, writer, unread, before, startedAt);
        }
        catch (HarvestStoppedException stopped) when (stopped.IsBudget && !context.Budget.HasReadAny)
        {
            throw new HarvestStoppedException(TooSmall(service, harvest.Statistics.Sum(operation => operation.Calls)), stopped) { IsBudget = true };
        }
        finally
        {
            Count(service.Name, harvest.Statistics, isCommitted);
        }

        Interlocked.Decrement(ref _left);
        context.Budget.ServiceRead();
        context.Meter.ServiceDone(target, service.Name, writer.ResourceCount);
        if (harvest.IsManagementAccount == plan.Account.IsManagementAccount)
        {
            return plan;
        }

        var told = plan with { Account = plan.Account with { IsManagementAccount = harvest.IsManagementAccount } };
        Record(told.Account);
        return told;
    }

    /// <summary>Waits while another harvest of this process reads a service of the account.</summary>
    private async Task<IDisposable> BeginServiceAsync(string service, CancellationToken ct)
    {
        if (_account.Shared.IsBusy)
        {
            context.Meter.Waits(target, service, "waits for another harvest of the account");
        }

        return await _account.Shared.BeginServiceAsync(ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Commits what was read. A service of which lists are missing stays open, so that resuming reads it again: once, because what
    /// fails then too, though AWS can be reached, will fail on.
    /// </summary>
    /// <returns>False where what was read before is better and stays.</returns>
    private bool Commit(ServiceEntry service, ServiceHarvest harvest, ServiceWriter writer, IReadOnlyDictionary<(string Type, string Region), ReadGap> unread, ServiceCommit? before, DateTimeOffset startedAt)
    {
        var isOpen = unread.Count > 0 && (before is null || context.Regions.Answers == 0);
        var isWorse = before is not null && unread.Count > before.Unread.Count;
        var statistics = new ServiceStatistics { Seconds = (context.Clock.UtcNow - startedAt).TotalSeconds, Operations = harvest.Statistics };
        lock (_times)
        {
            _times.Add((service.Name, statistics.Seconds));
            _begunAt = _begunAt < startedAt ? _begunAt : startedAt;
            _endedAt = context.Clock.UtcNow;
        }

        if (isWorse)
        {
            context.Writer.Settle(before! with { IsOpen = isOpen });
        }
        else
        {
            writer.Commit(statistics, [.. unread.Keys.Select(list => new UnreadList(list.Type, list.Region))], harvest.HasPassingGaps || unread.Count > 0, isOpen);
        }

        if (isOpen)
        {
            var regions = unread.Keys.Select(list => list.Region).Distinct(StringComparer.Ordinal).OrderBy(region => region, StringComparer.Ordinal).ToList();
            var gap = unread.Values.First();
            var told = $"{gap.Service} in {(regions.Count > SlowestShown ? $"{regions.Count} Regions" : string.Join(", ", regions))} ({gap.Operation} answered {gap.Code}: {gap.Message.TrimEnd('.')})";
            lock (_open)
            {
                _open.Add(told);
            }
        }

        return !isWorse;
    }

    /// <summary>The lists that another reading may bring: also those without a host, where it is name resolution that failed.</summary>
    private async Task<IReadOnlyDictionary<(string Type, string Region), ReadGap>> UnreadAsync(ServiceHarvest harvest, AccountPlan plan, ServiceEntry service, long answers, CancellationToken ct)
    {
        if (harvest.Homeless.Count == 0)
        {
            return harvest.Unread;
        }

        // Where a host was before, there is one.
        var known = context.Before(target.AccountId) is { } latest && latest.IsSound(service.Name) && latest.CommitOf(service.Name) is { } last
            ? latest.GapsOf(last)
                .Where(gap => gap.Reason == GapReason.ServiceUnavailable)
                .Select(gap => (gap.ResourceType, gap.Region))
                .Except(last.Unread.Select(list => (list.Type, list.Region)))
                .ToList()
            : null;
        var isResolving = context.Regions.Answers > answers || await CanAskAsync(plan.HomeRegion, ct).ConfigureAwait(false);
        return harvest.Unread
            .Concat(harvest.Homeless.Where(list => !isResolving || (known is not null && !known.Contains(list.Key))))
            .ToDictionary(list => list.Key, list => list.Value);
    }

    private async Task<bool> CanAskAsync(string home, CancellationToken ct)
    {
        try
        {
            await DescribeRegionsAsync(home, ct).ConfigureAwait(false);
            return true;
        }
        catch (AwsServiceException problem)
        {
            return problem.HttpStatus > 0;
        }
    }

    /// <summary>Counts calls with this run, and with the harvest where no commit tells them.</summary>
    private void Count(string service, IReadOnlyList<OperationStatistics> calls, bool isCommitted)
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

    /// <summary>What to say where no service could be read with the budget, so that the same one would never do.</summary>
    private string TooSmall(ServiceEntry service, long sent)
    {
        var last = context.Before(target.AccountId)?.CommitOf(service.Name)?.Statistics.Operations.Sum(operation => operation.Calls);
        var sideBySide = Math.Min(context.Request.ThrottleLimit, context.Request.Targets.Count);
        var enough = (Math.Max(last ?? 0, 2 * sent) + 1) * sideBySide;
        if (last is null && sent == 0)
        {
            return $"{context.Budget.Reason} before any service was read to its end. Continue with -Resume and a larger -MaxCall.";
        }

        return $"{context.Budget.Reason} and no service was read to its end with it: it does not cover {service.Name} of account {target.AccountId}, {(last is { } calls ? $"which took {calls} calls last time" : $"which took {sent} calls so far")}. Continue with -Resume and -MaxCall {enough} or more{(sideBySide > 1 ? ", or with -ThrottleLimit 1 and less" : "")}.";
    }

    private bool IsNotStarted(Exception problem) =>
        problem is HarvestStoppedException { IsBudget: true } && _calls.Sum(call => call.Calls) == 0 && context.Writer.CommitsOf(target.AccountId).Count == 0;

    private async Task<AccountPlan> PlanAsync(CancellationToken ct)
    {
        var home = target.Regions.Count > 0
            ? Partition.Of(target.Regions[0]).HomeRegion
            : Partition.All.FirstOrDefault(partition => partition.Name == target.Partition)?.HomeRegion
                ?? throw new ArgumentException($"'{target.Partition}' is not a partition of AWS. Partitions are: {string.Join(", ", Partition.All.Select(partition => partition.Name))}.");
        if (services.All(service => service.Resources.All(resource => resource.IsGlobal)))
        {
            return new AccountPlan(AccountWith([], target.IsManagementAccount), home, []);
        }

        IReadOnlyDictionary<string, bool> known;
        try
        {
            using var turn = await BeginServiceAsync("ec2", ct).ConfigureAwait(false);
            known = await DescribeRegionsAsync(home, ct).ConfigureAwait(false);
        }
        catch (AwsServiceException) when (target.Regions.Count > 0)
        {
            // The Regions were given; each answers for itself whether it is enabled.
            known = new Dictionary<string, bool>();
        }
        catch (AwsServiceException problem)
        {
            throw new HarvestStoppedException($"The Regions of account {target.AccountId} cannot be listed ({problem.Message.TrimEnd('.')}). {(problem.Kind == AwsErrorKind.AccessDenied ? "Grant ec2:DescribeRegions" : "Continue with -Resume when that is over")}, or give the connection its Regions.", problem);
        }

        IEnumerable<string> regions = target.Regions.Count > 0 ? target.Regions : known.Where(region => region.Value).Select(region => region.Key);
        return new AccountPlan(
            AccountWith([.. regions.Distinct(StringComparer.Ordinal).OrderBy(region => region, StringComparer.Ordinal)], target.IsManagementAccount),
            home,
            [.. known.Where(region => !region.Value).Select(region => region.Key)]);
    }

    /// <summary>All Regions of the partition, and whether the account has enabled them.</summary>
    private async Task<IReadOnlyDictionary<string, bool>> DescribeRegionsAsync(string home, CancellationToken ct)
    {
        var ec2 = context.Content.Catalog.Service("ec2");
        var list = ec2.Resources.First(resource => resource.Type == RegionType).List!;
        var caller = new ServiceCaller(_account, ec2);
        try
        {
            using var answer = await caller.SendAsync(list, home, list.Input.Fill(NoScope.Instance), isDigestedAtOnce: true, ct).ConfigureAwait(false);
            return list.Items.FindAll(answer.Root)
                .Where(region => region.TryGetProperty("RegionName", out _))
                .ToDictionary(
                    region => region.GetProperty("RegionName").GetString()!,
                    region => !(region.TryGetProperty("OptInStatus", out var status) && status.ValueEquals("not-opted-in")));
        }
        finally
        {
            Count(ec2.Name, caller.Statistics, isCommitted: false);
        }
    }

    private HarvestedAccount AccountWith(IReadOnlyList<string> regions, bool? isManagementAccount) => new()
    {
        AccountId = target.AccountId,
        AccountName = target.AccountName,
        Partition = target.Partition,
        Connection = target.Connection,
        Namespace = target.Namespace,
        Regions = regions,
        IsManagementAccount = isManagementAccount,
        Fresh = context.Writer.FreshOf(target.AccountId),
    };

    private AccountSummary Summarize(Exception? failure)
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

    /// <summary>For inputs without holes.</summary>
    private sealed class NoScope : ITemplateScope
    {
        public static readonly NoScope Instance = new();

        public string Partition => "";

        public string Region => "";

        public string AccountId => "";

        public JsonElement? Find(JsonPath path) => null;
    }
}
