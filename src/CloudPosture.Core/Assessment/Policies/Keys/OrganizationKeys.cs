using System;
using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Assessment.Policies.Keys;

/// <summary>
/// The keys that tell of one organization: its id, and the path in it of an account. A request has both or neither, and a path begins
/// with its organization's id. After "AWS global condition context keys".
/// </summary>
internal static class OrganizationKeys
{
    private const string Paths = "orgpaths";
    private const string Id = "orgid";

    /// <summary>The key with the id of the same organization, for a key that holds paths; else the key itself.</summary>
    /// <param name="key">The key in lower case.</param>
    public static string IdOf(string key) =>
        key.StartsWith("aws:", StringComparison.Ordinal) && key.EndsWith(Paths, StringComparison.Ordinal) ? key.Substring(0, key.Length - Paths.Length) + Id : key;

    /// <summary>The values that the two keys can have together.</summary>
    /// <param name="ids">Values of the id.</param>
    /// <param name="paths">Values of the paths.</param>
    public static IEnumerable<(KeyValue Id, KeyValue Paths)> Together(IReadOnlyList<KeyValue> ids, IReadOnlyList<KeyValue> paths) =>
        from id in ids
        from path in paths
        where id.IsAbsent ? path.IsAbsent : !path.IsAbsent && path.Values!.All(value => OrganizationIn(value) == id.Values![0])
        select (id, path);

    /// <summary>The ids of the organizations that paths are in.</summary>
    public static IEnumerable<string> IdsIn(IEnumerable<KeyValue> paths) => TextsOf(paths).Select(OrganizationIn);

    /// <summary>Paths in some organizations that go on as other paths do.</summary>
    public static IEnumerable<string> PathsIn(IEnumerable<KeyValue> ids, IEnumerable<KeyValue> paths) =>
        from id in TextsOf(ids)
        from path in TextsOf(paths)
        select id + path.Substring(OrganizationIn(path).Length);

    private static IEnumerable<string> TextsOf(IEnumerable<KeyValue> values) => values.SelectMany(value => value.Values ?? []).Distinct(StringComparer.Ordinal);

    private static string OrganizationIn(string path) => path.Split('/')[0];
}
