using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Reporting.Content;

/// <summary>What the findings of a report add up to. It grows with accounts, Regions and rules, not with findings.</summary>
internal sealed class ReportCounts
{
    private readonly Dictionary<string, CountedName> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CountedName> _rules = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Account, string Region), StatusCounts> _places = [];
    private readonly Dictionary<Severity, StatusCounts> _severities = ((Severity[])Enum.GetValues(typeof(Severity))).ToDictionary(severity => severity, _ => new StatusCounts());
    private readonly HashSet<string> _harvests = new(StringComparer.Ordinal);

    /// <summary>All findings.</summary>
    public StatusCounts All { get; } = new();

    /// <summary>The accounts, sorted by id.</summary>
    public IEnumerable<CountedName> Accounts => _accounts.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <summary>The rules, sorted by id.</summary>
    public IEnumerable<CountedName> Rules => _rules.Values.OrderBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The harvests that read what the findings tell of, sorted.</summary>
    public IEnumerable<string> Harvests => _harvests.OrderBy(harvest => harvest, StringComparer.Ordinal);

    /// <summary>When the oldest of it was read, in UTC; null where there is no finding.</summary>
    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>When the newest of it was read, in UTC; null where there is no finding.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>Those of a severity.</summary>
    public StatusCounts Of(Severity severity) => _severities[severity];

    /// <summary>Those of an account's Region.</summary>
    public StatusCounts Of(string accountId, string region) => _places[(accountId, region)];

    public void Add(Finding finding)
    {
        All.Add(finding);
        _severities[finding.Severity].Add(finding);
        Named(_accounts, finding.AccountId, finding.AccountName).Add(finding);
        Named(_rules, finding.RuleId, finding.Title).Add(finding);
        var place = (finding.AccountId, finding.Region);
        if (!_places.TryGetValue(place, out var counts))
        {
            _places.Add(place, counts = new StatusCounts());
        }

        counts.Add(finding);
        _harvests.Add(finding.HarvestId);
        Oldest = Oldest < finding.LastSeen ? Oldest : finding.LastSeen;
        Newest = Newest > finding.LastSeen ? Newest : finding.LastSeen;
    }

    private static StatusCounts Named(Dictionary<string, CountedName> counted, string id, string name)
    {
        if (!counted.TryGetValue(id, out var known))
        {
            counted.Add(id, known = new CountedName(id, name, new StatusCounts()));
        }

        return known.Counts;
    }
}
