using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Reporting.Content;

/// <summary>Takes from a lake what a report tells: the latest that is known of each account.</summary>
/// <param name="lake">The lake.</param>
/// <param name="rules">The rules, which tell why something matters and how to put it right.</param>
/// <param name="benchmarks">The benchmarks to tell of.</param>
public sealed class ReportContentReader(PostureLake lake, RuleSet rules, IReadOnlyList<Benchmark> benchmarks)
{
    /// <summary>Reads the content. Findings, gaps and resources stream from the lake when a report is written.</summary>
    /// <param name="query">Which findings; null for all. Accounts that it asks for limit all else too.</param>
    /// <param name="now">The time of the report; null for now.</param>
    public ReportContent Read(FindingQuery? query = null, DateTimeOffset? now = null)
    {
        var all = query?.HarvestId is { } harvest ? lake.Accounts(harvest) : lake.LatestAccounts();
        var accounts = all.Where(account => query?.AccountIds?.Contains(account.AccountId) != false).ToList();
        var left = query?.ExcludedServices ?? [];
        var types = new HashSet<string>(left.SelectMany(service => rules.Catalog.Service(service).Resources).Select(resource => resource.Type), StringComparer.Ordinal);
        var ids = new HashSet<string>(accounts.Select(account => account.AccountId), StringComparer.Ordinal);
        return new ReportContent
        {
            CreatedAt = now ?? TimeProvider.System.GetUtcNow(),
            Accounts = [.. accounts.Select(account => AccountOf(account, left))],
            Rules = [.. rules.Rules.Select(ReportRule.From)],
            Benchmarks = benchmarks,
            Findings = lake.ReadFindings(query ?? new FindingQuery()),
            Gaps = lake.ReadAllGaps(query?.HarvestId).Where(gap => ids.Contains(gap.AccountId) && !left.Contains(gap.Gap.Service)),
            Resources = ResourceCounts.ByType(lake, query?.HarvestId)
                .Where(count => ids.Contains(count.AccountId) && !types.Contains(count.Type))
                .Select(count => new ReportResourceCount(count.AccountId, count.Type, count.Count)),
        };
    }

    private static ReportAccount AccountOf(IAccountSnapshot account, IReadOnlyCollection<string> left)
    {
        // What the findings are left out of is no reading that the report tells of.
        var read = (account as LakeSnapshot)?.Services.Where(service => !left.Contains(service.Commit.Service)).OrderByDescending(service => service.Commit.HarvestedAt).FirstOrDefault() ?? default;
        return AccountOf(account) with
        {
            HarvestId = left.Count == 0 || read.Harvest is null ? account.HarvestId : read.Harvest.HarvestId,
            HarvestedAt = left.Count == 0 || read.Harvest is null ? account.HarvestedAt : read.Commit.HarvestedAt,
        };
    }

    private static ReportAccount AccountOf(IAccountSnapshot account) => new()
    {
        AccountId = account.AccountId,
        AccountName = account.AccountName,
        Partition = account.Partition,
        Regions = account.Regions,
        Connection = account.Connection,
        HarvestId = account.HarvestId,
        HarvestedAt = account.HarvestedAt,
        IsManagementAccount = account.IsManagementAccount,
    };
}
