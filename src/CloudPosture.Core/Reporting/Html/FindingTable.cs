using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;

namespace CloudPosture.Reporting.Html;

/// <summary>Findings by columns of small numbers, which pack well and are quick to filter.</summary>
internal sealed class FindingTable(StringTable texts, ResourceTable resources, FindingSums sums)
{
    private readonly List<string> _ids = [];
    private readonly List<int> _rules = [];
    private readonly List<int> _statuses = [];
    private readonly List<int> _resources = [];
    private readonly List<int> _evidence = [];
    private readonly List<int> _changes = [];
    private readonly List<long> _since = [];
    private readonly List<long> _seen = [];
    private readonly List<int> _ranks = [];
    private IReadOnlyList<int>? _order;

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="change">What became of it; null for nothing that is known.</param>
    public void Add(Finding finding, ReportChangeKind? change)
    {
        _ids.Add(finding.FindingId);
        _rules.Add(sums.RuleOf(finding));
        _statuses.Add((int)finding.Status);
        _resources.Add(resources.Add(finding));
        _evidence.Add(texts.Add(finding.Evidence));
        _changes.Add(change is { } kind ? (int)kind : -1);
        _since.Add(finding.FirstSeen.ToUnixTimeSeconds());
        _seen.Add(finding.LastSeen.ToUnixTimeSeconds());
        _ranks.Add(FindingPick.RankOf(finding));
    }

    /// <summary>The columns of numbers. What matters most comes first, else the findings are in their order.</summary>
    public IEnumerable<(string Name, IReadOnlyList<long> Values)> Numbers
    {
        get
        {
            yield return ("rule", Wide(_rules));
            yield return ("status", Wide(_statuses));
            yield return ("resource", Wide(_resources));
            yield return ("evidence", Wide(_evidence));
            yield return ("change", Wide(_changes));
            yield return ("since", [.. Order.Select(place => _since[place])]);
            yield return ("seen", [.. Order.Select(place => _seen[place])]);
        }
    }

    /// <summary>The ids, in the same order.</summary>
    public IReadOnlyList<string> Ids => [.. Order.Select(place => _ids[place])];

    private IReadOnlyList<int> Order => _order ??= [.. Enumerable.Range(0, _ranks.Count).OrderBy(place => _ranks[place])];

    private IReadOnlyList<long> Wide(List<int> values) => [.. Order.Select(place => (long)values[place])];
}
