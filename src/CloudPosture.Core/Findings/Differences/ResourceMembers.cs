using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Findings.Differences;

/// <summary>Tells the members in which two readings of a resource differ.</summary>
internal static class ResourceMembers
{
    // What is told of use changes whenever something is used, and is no configuration.
    private static readonly string[] Use = ["LastUsed", "LastAccessed", "LastLogin", "LastSeen"];

    // The tags are told one by one, whatever AWS calls their list.
    private static readonly string[] TagLists = ["Tags", "TagList", "TagSet"];

    /// <summary>The members, tags as <c>Tags.Stage</c>. What could not be read of either is left out: nobody knows whether it changed.</summary>
    public static IEnumerable<JsonChange> Differences(Resource before, Resource after)
    {
        var unread = before.Gaps.Concat(after.Gaps).Select(gap => gap.Field).OfType<string>().ToList();
        return Tags(before, after).Concat(JsonDifference.Between(before.Configuration, after.Configuration).Where(change => !IsTags(change, before, after) && !IsUse(change)))
            .Where(change => !unread.Exists(field => IsAtOrBelow(change.Path, field)));
    }

    private static IEnumerable<JsonChange> Tags(Resource before, Resource after) =>
        from key in before.Tags.Keys.Union(after.Tags.Keys, StringComparer.Ordinal).OrderBy(key => key, StringComparer.Ordinal)
        let old = before.Tags.TryGetValue(key, out var was) ? was : null
        let now = after.Tags.TryGetValue(key, out var isNow) ? isNow : null
        where old != now
        select new JsonChange("Tags." + key, old, now);

    private static bool IsTags(JsonChange change, Resource before, Resource after) =>
        before.Tags.Count + after.Tags.Count > 0 && TagLists.Any(list => IsAtOrBelow(change.Path, list));

    private static bool IsUse(JsonChange change) => Use.Any(word => change.Path.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool IsAtOrBelow(string path, string member) =>
        path.StartsWith(member, StringComparison.OrdinalIgnoreCase) && (path.Length == member.Length || path[member.Length] is '.' or '[');
}
