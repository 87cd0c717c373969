using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Reporting.Html;

/// <summary>Findings by columns of small numbers, which pack well and are quick to filter.</summary>
internal sealed class FindingTable(StringTable texts, ResourceTable resources, FindingSums sums)
{
    private static readonly string[] Columns = ["rule", "status", "resource", "evidence", "change", "since", "seen", "exception"];
    private readonly List<string> _ids = [];
    private readonly List<int>[] _columns = [.. Columns.Select(_ => new List<int>())];
    private readonly List<byte> _ranks = [];
    private IReadOnlyList<int>? _order;

    /// <summary>Adds a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="change">What became of it; null for nothing that is known.</param>
    public void Add(Finding finding, ReportChangeKind? change)
    {
        _ids.Add(finding.FindingId);
        _ranks.Add((byte)FindingPick.RankOf(finding));
        int[] values =
        [
            sums.RuleOf(finding), (int)finding.Status, resources.Add(finding), texts.Add(finding.Evidence), change is { } kind ? (int)kind : -1,
            (int)(finding.StatusSince ?? finding.FirstSeen).ToUnixTimeSeconds(), (int)finding.LastSeen.ToUnixTimeSeconds(), finding.ExceptionId is { } exception ? texts.Add(exception) : -1,
        ];
        for (var column = 0; column < values.Length; column++)
        {
            _columns[column].Add(values[column]);
        }
    }

    /// <summary>The columns of numbers. What matters most comes first, else the findings are in their order.</summary>
    public IEnumerable<(string Name, IEnumerable<int> Values)> Numbers => Columns.Select((name, column) => (name, Order.Select(place => _columns[column][place])));

    /// <summary>The ids, in the same order.</summary>
    public IEnumerable<string> Ids => Order.Select(place => _ids[place]);

    private IReadOnlyList<int> Order => _order ??= [.. Enumerable.Range(0, _ranks.Count).OrderBy(place => _ranks[place])];
}
