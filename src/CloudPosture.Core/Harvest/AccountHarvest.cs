using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Catalog;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>Reads one account, one service after the other.</summary>
internal sealed class AccountHarvest(HarvestContext context, AccountTarget target, IReadOnlyList<ServiceEntry> services)
{
    private const string RegionType = "AWS::EC2::Region";
    private const int SlowestShown = 3;
    private readonly List<OperationStatistics> _uncommitted = [];
    private int _fresh;

    /// <summary>Reads the account.</summary>
    /// <returns>How it went; a failure of the account is told there.</returns>
    /// <exception cref="LakeException">The lake cannot be written: no account can go on.</exception>
    public async Task<AccountSummary> RunAsync(CancellationToken ct)
    {
        var failure = await TryRunAsync(ct).ConfigureAwait(false);
        context.Meter.AccountDone(target);
        return Summarize(failure);
    }

    /// <summary>Null where the account was read to its end.</summary>
    private async Task<string?> TryRunAsync(CancellationToken ct)
    {
        var open = services.Where(service => !context.Writer.IsCommitted(target.AccountId, service.Name)).ToList();
        context.Meter.ServicesSkipped(services.Count - open.Count);
        if (open.Count == 0)
        {
            return null;
        }

        var known = AccountWith([], null);
        try
        {
            var plan = await PlanAsync(ct).ConfigureAwait(false);
            known = plan.Account;
            context.Writer.Record(plan.Account);
            var fresh = new FreshServices(context, plan.Account);
            foreach (var service in open)
            {
                if (fresh.Has(service))
                {
                    _fresh++;
                    context.Meter.ServicesSkipped(1);
                    continue;
                }

                plan = await ReadAsync(plan, service, ct).ConfigureAwait(false);
                known = plan.Account;
            }

            return null;
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or LakeException))
        {
            context.Writer.Record(known with { Failure = problem.Message });
            return problem.Message;
        }
    }

    /// <summary>Reads and commits a service.</summary>
    /// <returns>The plan with what the service told of the account.</returns>
    private async Task<AccountPlan> ReadAsync(AccountPlan plan, ServiceEntry service, CancellationToken ct)
    {
        var startedAt = context.Clock.UtcNow;
        using var writer = context.Writer.Begin(plan.Account, service.Name, startedAt);
        var harvest = new ServiceHarvest(context, plan, target, service, writer, startedAt);
        try
        {
            await harvest.RunAsync(ct).ConfigureAwait(false);
        }
        catch
        {
            _uncommitted.AddRange(harvest.Statistics);
            throw;
        }

        writer.Commit(new ServiceStatistics { Seconds = (context.Clock.UtcNow - startedAt).TotalSeconds, Operations = harvest.Statistics });
        context.Meter.ServiceDone(target, service.Name, writer.ResourceCount);
        if (harvest.IsManagementAccount == plan.Account.IsManagementAccount)
        {
            return plan;
        }

        var told = plan with { Account = plan.Account with { IsManagementAccount = harvest.IsManagementAccount } };
        context.Writer.Record(told.Account);
        return told;
    }

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
        var ec2 = ServiceCatalog.Default.Service("ec2");
        var list = ec2.Resources.First(resource => resource.Type == RegionType).List!;
        var caller = new ServiceCaller(context, target, ec2);
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
            _uncommitted.AddRange(caller.Statistics);
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
    };

    private AccountSummary Summarize(string? failure)
    {
        var commits = context.Writer.CommitsOf(target.AccountId);
        var calls = commits.SelectMany(commit => commit.Statistics.Operations).Concat(_uncommitted).ToList();
        var slowest = commits.OrderByDescending(commit => commit.Statistics.Seconds).Take(SlowestShown)
            .Select(commit => string.Format(CultureInfo.InvariantCulture, "{0} {1:0.0}", commit.Service, commit.Statistics.Seconds));
        return new AccountSummary
        {
            HarvestId = context.Writer.Manifest.HarvestId,
            AccountId = target.AccountId,
            AccountName = target.AccountName,
            Connection = target.Connection,
            Status = failure is null ? AccountStatus.Complete : commits.Count > 0 ? AccountStatus.Incomplete : AccountStatus.Failed,
            Failure = failure,
            Services = commits.Count,
            Fresh = _fresh,
            Resources = commits.Sum(commit => commit.Types.Values.Sum()),
            Gaps = commits.Sum(commit => commit.GapCount),
            Calls = calls.Sum(call => call.Calls),
            Throttled = calls.Sum(call => call.Throttled),
            Retried = calls.Sum(call => call.Retried),
            Denied = calls.Sum(call => call.Denied),
            Bytes = calls.Sum(call => call.Bytes),
            Duration = TimeSpan.FromSeconds(commits.Sum(commit => commit.Statistics.Seconds)),
            SlowestServices = string.Join(", ", slowest),
        };
    }

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
