using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Lake;
using CloudPosture.Lake.Findings;

namespace CloudPosture.Findings;

/// <summary>Findings as people see them: with the exceptions of today, and what became of them.</summary>
/// <param name="lake">The lake.</param>
/// <param name="exceptions">The failures that are accepted.</param>
public sealed class FindingView(PostureLake lake, ExceptionSet exceptions)
{
    /// <summary>Streams findings.</summary>
    /// <param name="query">Which; statuses are those after exceptions.</param>
    /// <param name="changes">What became of them; null for any but those that are gone, which are given only where they are asked for.</param>
    /// <param name="since">The time that changes are told from, in UTC; null for the assessment before.</param>
    /// <returns>The findings; what is gone comes last.</returns>
    public IEnumerable<Finding> Read(FindingQuery query, IReadOnlyCollection<FindingChange>? changes = null, DateTimeOffset? since = null)
    {
        var stored = query with { Statuses = query.Statuses is { } statuses ? Stored(statuses) : null };
        var present = lake.ReadFindings(stored).Select(exceptions.Apply).Where(finding => query.Statuses?.Contains(finding.Status) != false);
        var changed = since is { } time ? present.Select(finding => finding with { Change = Verdicts.ChangeSince(finding, time) }) : present;
        if (since is not null && changes is null)
        {
            return changed.Where(finding => finding.Change != FindingChange.Unchanged);
        }

        return changes is null ? changed
            : changed.Where(finding => changes.Contains(finding.Change ?? FindingChange.Unchanged))
                .Concat(changes.Contains(FindingChange.Gone) ? Gone(stored, since) : []);
    }

    // What is accepted lies in the lake as failing.
    private static IReadOnlyCollection<FindingStatus> Stored(IReadOnlyCollection<FindingStatus> statuses) =>
        statuses.Contains(FindingStatus.Excepted) ? [.. statuses, FindingStatus.Fail] : statuses;

    private IEnumerable<Finding> Gone(FindingQuery query, DateTimeOffset? since)
    {
        var past = query with { IsPast = true };
        var harvests = since is null || query.HarvestId is not null ? [query.HarvestId] : lake.Harvests().Select(harvest => (string?)harvest.HarvestId);
        return harvests.SelectMany(harvest => lake.ReadFindings(past with { HarvestId = harvest }))
            .Where(finding => finding.Change == FindingChange.Gone && !(Verdicts.Since(finding) < since));
    }
}
