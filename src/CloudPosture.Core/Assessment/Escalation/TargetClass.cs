using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;

namespace CloudPosture.Assessment.Escalation;

/// <summary>Targets of one sort, sorted by ARN, so that what a pattern fits is found without looking at the others.</summary>
internal sealed class TargetClass
{
    private readonly string[] _arns;
    private readonly Dictionary<string, TargetGroup> _groups = new(StringComparer.Ordinal);
    private readonly List<TargetGroup>[] _groupsOf;
    private readonly IReadOnlyList<int> _always;

    /// <summary>Sorts targets.</summary>
    /// <param name="targets">The targets with the ARN that patterns are compared with; null for one that every pattern may fit.</param>
    public TargetClass(IEnumerable<(EscalationTarget Target, string? Arn)> targets)
    {
        var sorted = targets.OrderBy(pair => pair.Arn, StringComparer.Ordinal).ThenBy(pair => pair.Target.Identity.Arn, StringComparer.Ordinal).ToArray();
        Targets = Array.ConvertAll(sorted, pair => pair.Target);
        _arns = Array.ConvertAll(sorted, pair => pair.Arn ?? "");
        _groupsOf = new List<TargetGroup>[sorted.Length];
        _always = [.. Enumerable.Range(0, sorted.TakeWhile(pair => pair.Arn is null).Count())];
    }

    public EscalationTarget[] Targets { get; }

    /// <summary>The targets that a pattern fits.</summary>
    public TargetGroup Matching(Glob pattern)
    {
        if (!_groups.TryGetValue(pattern.Pattern, out var group))
        {
            _groups[pattern.Pattern] = group = new TargetGroup([.. _always, .. Find(pattern)]);
            foreach (var member in group.Members)
            {
                (_groupsOf[member] ??= []).Add(group);
            }
        }

        return group;
    }

    /// <summary>The groups that a target is in.</summary>
    public IReadOnlyList<TargetGroup> GroupsOf(int place) => _groupsOf[place] ?? [];

    private IEnumerable<int> Find(Glob pattern)
    {
        var end = pattern.Pattern.IndexOfAny([Glob.Any, Glob.One]);
        var prefix = end < 0 ? pattern.Pattern : pattern.Pattern.Substring(0, end);
        for (var place = First(prefix); place < _arns.Length && _arns[place].StartsWith(prefix, StringComparison.Ordinal); place++)
        {
            if (pattern.Matches(_arns[place]) && place >= _always.Count)
            {
                yield return place;
            }
        }
    }

    private int First(string prefix)
    {
        var (low, high) = (_always.Count, _arns.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_arns[middle], prefix) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
