using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;

namespace CloudPosture.Reporting.Html;

/// <summary>Counts findings by rule, account and status: all that pages add up from, whether or not the file lists each finding.</summary>
internal sealed class FindingSums
{
    private static readonly int Statuses = Enum.GetValues(typeof(FindingStatus)).Length;
    private readonly Dictionary<(int Rule, int Account), int[]> _counts = [];
    private readonly Dictionary<(string Id, Severity Severity), int> _ruleIndexes = [];
    private readonly Dictionary<string, int> _accountIndexes = new(StringComparer.Ordinal);

    public FindingSums(ReportContent content)
    {
        Known = content.Rules.ToDictionary(rule => rule.RuleId, StringComparer.OrdinalIgnoreCase);
        foreach (var account in content.Accounts)
        {
            _accountIndexes[account.AccountId] = Accounts.Count;
            Accounts.Add(account);
        }
    }

    /// <summary>What is known of rules, by id.</summary>
    public IReadOnlyDictionary<string, ReportRule> Known { get; }

    /// <summary>The rules that have findings, in the order of their indexes. A rule whose severity was changed between harvests is there twice.</summary>
    public List<ReportRule> Rules { get; } = [];

    /// <summary>The accounts, in the order of their indexes.</summary>
    public List<ReportAccount> Accounts { get; } = [];

    /// <summary>All findings.</summary>
    public int Total { get; private set; }

    public IEnumerable<(int Rule, int Account, IReadOnlyList<int> ByStatus)> Counts => _counts.Select(entry => (entry.Key.Rule, entry.Key.Account, (IReadOnlyList<int>)entry.Value));

    public void Add(Finding finding)
    {
        var key = (RuleOf(finding), AccountOf(finding.AccountId, finding.AccountName));
        if (!_counts.TryGetValue(key, out var counts))
        {
            _counts[key] = counts = new int[Statuses];
        }

        counts[(int)finding.Status]++;
        Total++;
    }

    public int RuleOf(Finding finding)
    {
        if (_ruleIndexes.TryGetValue((finding.RuleId, finding.Severity), out var index))
        {
            return index;
        }

        var rule = Known.TryGetValue(finding.RuleId, out var known)
            ? known with { Severity = finding.Severity }
            : new ReportRule { RuleId = finding.RuleId, Title = finding.Title, Severity = finding.Severity, Service = finding.Service };
        _ruleIndexes.Add((finding.RuleId, finding.Severity), Rules.Count);
        Rules.Add(rule);
        return Rules.Count - 1;
    }

    public int AccountOf(string accountId, string accountName)
    {
        if (!_accountIndexes.TryGetValue(accountId, out var index))
        {
            index = Accounts.Count;
            _accountIndexes.Add(accountId, index);
            Accounts.Add(new ReportAccount { AccountId = accountId, AccountName = accountName });
        }

        return index;
    }
}
