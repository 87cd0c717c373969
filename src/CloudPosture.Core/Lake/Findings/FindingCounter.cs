using System.Collections.Generic;

namespace CloudPosture.Lake.Findings;

/// <summary>Counts the findings of an assessment by rule. Not thread-safe.</summary>
internal sealed class FindingCounter
{
    private readonly Dictionary<(string Rule, string Service, Severity Severity), FindingCount> _counts = [];

    public IReadOnlyCollection<FindingCount> Counts => _counts.Values;

    /// <summary>Counts a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="shown">Its status once exceptions are applied.</param>
    public void Add(Finding finding, FindingStatus shown)
    {
        var count = CountOf(finding);
        switch (shown)
        {
            case FindingStatus.Pass:
                count.Passed++;
                break;
            case FindingStatus.Fail:
                count.Failed++;
                break;
            case FindingStatus.Excepted:
                count.Excepted++;
                break;
            case FindingStatus.NotAssessed:
                count.NotAssessed++;
                break;
            default:
                count.Manual++;
                break;
        }

        Follow(count, finding.Change);
    }

    /// <summary>Counts what is remembered: only what is gone is news.</summary>
    public void AddPast(Finding finding)
    {
        if (finding.Change == FindingChange.Gone)
        {
            Follow(CountOf(finding), finding.Change);
        }
    }

    private static void Follow(FindingCount count, FindingChange? change)
    {
        switch (change)
        {
            case FindingChange.New:
                count.New++;
                break;
            case FindingChange.Regressed:
                count.Regressed++;
                break;
            case FindingChange.Resolved:
                count.Resolved++;
                break;
            case FindingChange.Gone:
                count.Gone++;
                break;
        }
    }

    private FindingCount CountOf(Finding finding)
    {
        var key = (finding.RuleId, finding.Service, finding.Severity);
        if (!_counts.TryGetValue(key, out var count))
        {
            _counts[key] = count = new FindingCount { RuleId = finding.RuleId, Service = finding.Service, Severity = finding.Severity };
        }

        return count;
    }
}
