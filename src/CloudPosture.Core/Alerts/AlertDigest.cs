using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Alerts;

/// <summary>What a receiver is told, by account and rule.</summary>
/// <param name="limit">How many of these it is told in words; the rest is counted.</param>
public sealed class AlertDigest(int limit)
{
    private readonly Dictionary<(string Account, string Rule), AlertGroup> _groups = [];
    private IReadOnlyList<AlertGroup>? _worst;

    /// <summary>How whoever is told sees all of them; empty where nothing is said of it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>How many findings there are.</summary>
    public int Findings { get; private set; }

    /// <summary>How many could not be assessed.</summary>
    public int NotAssessed { get; internal set; }

    /// <summary>How many are new.</summary>
    public int New => _groups.Values.Sum(group => group.New);

    /// <summary>How many passed before.</summary>
    public int Regressed => _groups.Values.Sum(group => group.Regressed);

    /// <summary>How many weigh more than before.</summary>
    public int Worse => _groups.Values.Sum(group => group.Worse);

    /// <summary>How many accounts they are in.</summary>
    public int Accounts => _groups.Keys.Select(key => key.Account).Distinct(StringComparer.Ordinal).Count();

    /// <summary>How many groups there are, those that are only counted included.</summary>
    public int Total => _groups.Count;

    /// <summary>How many findings there are of each severity, the worst first.</summary>
    public IEnumerable<(Severity Severity, int Count)> BySeverity =>
        _groups.Values.GroupBy(group => group.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => (group.Key, group.Sum(one => one.Count)));

    /// <summary>The worst of all.</summary>
    public Severity Worst => _groups.Values.Max(group => group.Severity);

    /// <summary>What is told in words, the worst first.</summary>
    public IReadOnlyList<AlertGroup> Groups => _worst ??= [.. _groups.Values
        .OrderByDescending(group => group.Severity).ThenByDescending(group => group.Count).ThenBy(group => group.RuleId, StringComparer.Ordinal).ThenBy(group => group.AccountId, StringComparer.Ordinal)
        .Take(limit)];

    internal void Add(Finding finding, AlertReason reason)
    {
        var key = (finding.AccountId, finding.RuleId);
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new AlertGroup(finding));
        }

        group.Add(finding, reason);
        Findings++;
        _worst = null;
    }
}
