using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Content.Catalog;
using CloudPosture.Errors;
using CloudPosture.Harvest.Calls;
using CloudPosture.Json;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Harvest.Accounts;

/// <summary>Finds out which Regions of an account are to be read.</summary>
/// <param name="account">The account.</param>
/// <param name="tally">Counts the calls.</param>
internal sealed class AccountPlanner(AccountContext account, AccountTally tally)
{
    private readonly HarvestContext _context = account.Harvest;
    private readonly AccountTarget _target = account.Target;

    public async Task<AccountPlan> PlanAsync(IReadOnlyList<ServiceEntry> services, Func<string, CancellationToken, Task<IDisposable>> begin, CancellationToken cancellationToken)
    {
        var home = _target.Regions.Count > 0
            ? Partition.Of(_target.Regions[0]).HomeRegion
            : Partition.Named(_target.Partition)?.HomeRegion
                ?? throw new AwsConfigurationException($"'{_target.Partition}' is not a partition of AWS. Partitions are: {string.Join(", ", Partition.All.Select(partition => partition.Name))}.");
        if (services.All(service => service.Resources.All(resource => resource.IsGlobal)))
        {
            return new AccountPlan(AccountWith([], _target.IsManagementAccount), home, []);
        }

        IReadOnlyDictionary<string, bool> known;
        try
        {
            using var turn = await begin("ec2", cancellationToken).ConfigureAwait(false);
            known = await DescribeRegionsAsync(home, cancellationToken).ConfigureAwait(false);
        }
        catch (AwsServiceException) when (_target.Regions.Count > 0)
        {
            // The Regions were given; each answers for itself whether it is enabled.
            known = new Dictionary<string, bool>();
        }
        catch (AwsServiceException problem)
        {
            throw new HarvestStoppedException($"The Regions of account {_target.AccountId} cannot be listed ({problem.Message.TrimEnd('.')}).", AdviceOn(problem), problem);
        }

        IEnumerable<string> regions = _target.Regions.Count > 0 ? _target.Regions : known.Where(region => region.Value).Select(region => region.Key);
        return new AccountPlan(
            AccountWith([.. regions.Distinct(StringComparer.Ordinal).OrderBy(region => region, StringComparer.Ordinal)], _target.IsManagementAccount),
            home,
            [.. known.Where(region => !region.Value).Select(region => region.Key)]);
    }

    private static Advice AdviceOn(AwsServiceException problem) => problem.Kind == AwsErrorKind.AccessDenied
        ? new Advice("Grant ec2:DescribeRegions, or give the connection its Regions.")
        : new Advice("Resume the harvest when that is over, or give the connection its Regions.", "ResumeOrRegions");

    /// <summary>All Regions of the partition, and whether the account has enabled them.</summary>
    private async Task<IReadOnlyDictionary<string, bool>> DescribeRegionsAsync(string home, CancellationToken cancellationToken)
    {
        var ec2 = _context.Content.Catalog.Service("ec2");
        var list = ec2.Resources.First(resource => resource.Type == PlaceTypes.Region).List!;
        var caller = new ServiceCaller(account, ec2);
        try
        {
            using var answer = await caller.SendAsync(list, home, list.Input.Fill(NoScope.Instance), isDigestedAtOnce: true, cancellationToken).ConfigureAwait(false);
            return list.Items.FindAll(answer.Root)
                .Where(region => region.TryGetProperty("RegionName", out _))
                .ToDictionary(
                    region => region.GetProperty("RegionName").GetString()!,
                    region => !(region.TryGetProperty("OptInStatus", out var status) && status.ValueEquals("not-opted-in")));
        }
        finally
        {
            tally.Count(ec2.Name, caller.Statistics, isCommitted: false);
        }
    }

    public async Task<bool> CanAskAsync(string home, CancellationToken cancellationToken)
    {
        try
        {
            await DescribeRegionsAsync(home, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AwsServiceException problem)
        {
            return problem.HttpStatus > 0 && !problem.IsForeign;
        }
    }

    public HarvestedAccount AccountWith(IReadOnlyList<string> regions, bool? isManagementAccount) => new()
    {
        AccountId = _target.AccountId,
        AccountName = _target.AccountName,
        Partition = _target.Partition,
        Connection = _target.Connection,
        Namespace = _target.Namespace,
        Regions = regions,
        IsManagementAccount = isManagementAccount,
        Fresh = _context.Writer.FreshOf(_target.AccountId),
    };

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
