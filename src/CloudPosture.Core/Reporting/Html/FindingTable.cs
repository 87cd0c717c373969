using System.Collections.Generic;
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
    }

    public IEnumerable<(string Name, IReadOnlyList<long> Values)> Numbers =>
    [
        ("rule", Wide(_rules)),
        ("status", Wide(_statuses)),
        ("resource", Wide(_resources)),
        ("evidence", Wide(_evidence)),
        ("change", Wide(_changes)),
        ("since", _since),
        ("seen", _seen),
    ];

    public IReadOnlyList<string> Ids => _ids;

    private static IReadOnlyList<long> Wide(List<int> values) => values.ConvertAll(value => (long)value);
}
