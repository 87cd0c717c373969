using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Html;

/// <summary>Counts findings by rule, account and status: all that pages add up from, whether or not the file lists each finding.</summary>
internal sealed class FindingSums
{
    private static readonly int Statuses = Enum.GetValues(typeof(FindingStatus)).Length;

    // A row a rule, which has as many cells an account as there are statuses: most rules have findings in most accounts.
    private readonly List<int[]> _counts = [];
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

    public IEnumerable<(int Rule, int Account, IReadOnlyList<int> ByStatus)> Counts
    {
        get
        {
            for (var rule = 0; rule < _counts.Count; rule++)
            {
                for (var account = 0; account * Statuses < _counts[rule].Length; account++)
                {
                    var cells = new ArraySegment<int>(_counts[rule], account * Statuses, Statuses);
                    if (cells.Any(count => count > 0))
                    {
                        yield return (rule, account, cells);
                    }
                }
            }
        }
    }

    public void Add(Finding finding)
    {
        var rule = RuleOf(finding);
        var account = AccountOf(finding.AccountId, finding.AccountName);
        while (_counts.Count <= rule)
        {
            _counts.Add([]);
        }

        if (_counts[rule].Length <= account * Statuses)
        {
            var wider = new int[Math.Max(account + 1, Accounts.Count) * Statuses];
            _counts[rule].CopyTo(wider, 0);
            _counts[rule] = wider;
        }

        _counts[rule][(account * Statuses) + (int)finding.Status]++;
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
