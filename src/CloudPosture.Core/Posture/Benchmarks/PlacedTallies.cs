using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Tallies;

namespace CloudPosture.Posture.Benchmarks;

/// <summary>Counts findings by rule, account by account or Region by Region, in memory that grows with these and not with the findings.</summary>
public sealed class PlacedTallies
{
    private const string Outside = "(no organization)";

    private PlacedTallies(IReadOnlyList<(BenchmarkPlace Place, FindingTally Tally)> all) => All = all;

    /// <summary>The places, sorted by name, each with what its findings add up to.</summary>
    public IReadOnlyList<(BenchmarkPlace Place, FindingTally Tally)> All { get; }

    /// <summary>Counts.</summary>
    /// <param name="grouping">By what.</param>
    /// <param name="findings">The findings, which are read once.</param>
    /// <param name="accounts">The accounts that are looked at: one without findings has its place too.</param>
    /// <param name="tree">Asked for where units or organizations are told apart.</param>
    public static PlacedTallies Of(BenchmarkGrouping grouping, IEnumerable<Finding> findings, IEnumerable<IAccountSnapshot> accounts, Func<AccountTree> tree)
    {
        switch (grouping)
        {
            case BenchmarkGrouping.None:
                return new([(BenchmarkPlace.Everywhere, new FindingTally(findings))]);
            case BenchmarkGrouping.Region:
                return new([.. Tallies(findings, finding => finding.Region).OrderBy(region => region.Key, StringComparer.Ordinal)
                    .Select(region => (new BenchmarkPlace { Name = region.Key, Region = region.Key }, region.Value.Tally))]);
            default:
                var tallies = Tallies(findings, finding => finding.AccountId);
                foreach (var account in accounts.Where(account => !tallies.ContainsKey(account.AccountId)))
                {
                    tallies.Add(account.AccountId, (account.AccountName, new FindingTally()));
                }

                return new([.. grouping == BenchmarkGrouping.Account ? ByAccount(tallies) : ByNames(tallies, NamesBy(grouping, tree()))]);
        }
    }

    private static Func<string, IReadOnlyList<string>> NamesBy(BenchmarkGrouping grouping, AccountTree tree) => grouping == BenchmarkGrouping.Unit
        ? account => tree.UnitsOf(account) is { Count: > 0 } units ? units : [Outside]
        : account => [tree.OrganizationOf(account) ?? Outside];

    private static IEnumerable<(BenchmarkPlace Place, FindingTally Tally)> ByAccount(Dictionary<string, (string Name, FindingTally Tally)> accounts) => accounts
        .OrderBy(account => account.Value.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(account => account.Key, StringComparer.Ordinal)
        .Select(account => (new BenchmarkPlace { Name = account.Value.Name, AccountId = account.Key, AccountIds = [account.Key] }, account.Value.Tally));

    private static IEnumerable<(BenchmarkPlace Place, FindingTally Tally)> ByNames(Dictionary<string, (string Name, FindingTally Tally)> accounts, Func<string, IReadOnlyList<string>> names)
    {
        var places = new SortedDictionary<string, (List<string> Accounts, FindingTally Tally)>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            foreach (var name in names(account.Key))
            {
                if (!places.TryGetValue(name, out var place))
                {
                    places.Add(name, place = ([], new FindingTally()));
                }

                place.Accounts.Add(account.Key);
                place.Tally.Add(account.Value.Tally);
            }
        }

        return places.Select(place => (new BenchmarkPlace { Name = place.Key, AccountIds = place.Value.Accounts }, place.Value.Tally));
    }

    private static Dictionary<string, (string Name, FindingTally Tally)> Tallies(IEnumerable<Finding> findings, Func<Finding, string> key)
    {
        var tallies = new Dictionary<string, (string Name, FindingTally Tally)>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            if (!tallies.TryGetValue(key(finding), out var found))
            {
                tallies.Add(key(finding), found = (finding.AccountName, new FindingTally()));
            }

            found.Tally.Add(finding);
        }

        return tallies;
    }
}
