using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Text;

namespace CloudPosture.Findings.Differences;

/// <summary>
/// Compares the resources of two moments of a lake, service by service: of those that are alike a checksum is in memory, and of
/// those that are not a few thousand at a time.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="before">The earlier moment.</param>
/// <param name="after">The later moment.</param>
public sealed class ResourceComparison(PostureLake lake, LakeMoment before, LakeMoment after)
{
    private const int MostHeld = 2000;
    private readonly List<UncomparedPart> _uncompared = [];

    /// <summary>What could not be compared, once all is read.</summary>
    public IReadOnlyList<UncomparedPart> Uncompared => _uncompared;

    /// <summary>Streams the differences.</summary>
    /// <param name="query">Which resources; its moment is not regarded.</param>
    public IEnumerable<ResourceDifference> Read(ResourceQuery query)
    {
        var accounts = new Filter(query.AccountIds);
        var services = new Filter(query.Services);
        foreach (var (old, now) in Pairs().Where(pair => accounts.Wants((pair.Old ?? pair.Now)!.AccountId)))
        {
            var account = new ComparedAccount((old ?? now)!.AccountId, Harvested(old, services), Harvested(now, services));
            _uncompared.AddRange(account.Uncompared());
            foreach (var difference in account.Before!.Intersect(account.After!).SelectMany(service => Read(old!, now!, service, query)))
            {
                yield return difference;
            }
        }
    }

    private static HashSet<string> Harvested(LakeSnapshot? account, Filter services) =>
        new(account?.Services.Select(service => service.Commit.Service).Where(account.WasHarvested).Where(services.Wants) ?? [], StringComparer.Ordinal);

    // Both are sorted by account.
    private IEnumerable<(LakeSnapshot? Old, LakeSnapshot? Now)> Pairs()
    {
        using var old = lake.Accounts(before).GetEnumerator();
        using var now = lake.Accounts(after).GetEnumerator();
        var (hasOld, hasNow) = (old.MoveNext(), now.MoveNext());
        while (hasOld || hasNow)
        {
            var order = !hasOld ? 1 : !hasNow ? -1 : string.CompareOrdinal(old.Current.AccountId, now.Current.AccountId);
            yield return (order <= 0 ? old.Current : null, order >= 0 ? now.Current : null);
            hasOld = order <= 0 ? old.MoveNext() : hasOld;
            hasNow = order >= 0 ? now.MoveNext() : hasNow;
        }
    }

    private static IEnumerable<ResourceDifference> Read(LakeSnapshot before, LakeSnapshot after, string service, ResourceQuery query)
    {
        var unread = new UnreadTypes(before.Gaps.Concat(after.Gaps).Where(gap => gap.Service == service));
        var olds = new Dictionary<(string, string, string), string>();
        foreach (var resource in before.ResourcesOf(service, query))
        {
            olds[KeyOf(resource)] = ChecksumOf(resource);
        }

        var held = new Dictionary<(string, string, string), Resource>();
        foreach (var resource in after.ResourcesOf(service, query))
        {
            var key = KeyOf(resource);
            if (!olds.TryGetValue(key, out var checksum))
            {
                if (!unread.Hides(resource))
                {
                    yield return new ResourceDifference(ResourceChange.Added, resource, "", null, null);
                }

                continue;
            }

            olds.Remove(key);
            if (checksum != ChecksumOf(resource))
            {
                held[key] = resource;
            }

            if (held.Count == MostHeld)
            {
                foreach (var difference in Changed(before, service, query, held))
                {
                    yield return difference;
                }

                held.Clear();
            }
        }

        foreach (var difference in Changed(before, service, query, held))
        {
            yield return difference;
        }

        foreach (var resource in olds.Count == 0 ? [] : before.ResourcesOf(service, query).Where(resource => olds.ContainsKey(KeyOf(resource)) && !unread.Hides(resource)))
        {
            yield return new ResourceDifference(ResourceChange.Removed, resource, "", null, null);
        }
    }

    private static IEnumerable<ResourceDifference> Changed(LakeSnapshot before, string service, ResourceQuery query, Dictionary<(string, string, string), Resource> now) =>
        now.Count == 0 ? [] : before.ResourcesOf(service, query)
            .Where(old => now.ContainsKey(KeyOf(old)))
            .SelectMany(old => ResourceMembers.Differences(old, now[KeyOf(old)]).Select(change =>
                new ResourceDifference(ResourceChange.Changed, now[KeyOf(old)], change.Path, change.Before, change.After)));

    private static (string Type, string Region, string Id) KeyOf(Resource resource) => (resource.Type, resource.Region, resource.Id);

    private static string ChecksumOf(Resource resource)
    {
        var text = new StringBuilder(resource.Configuration.GetRawText());
        foreach (var tag in resource.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(tag.Key).Append('\n').Append(tag.Value);
        }

        return Convert.ToBase64String(Sha256.Of(text.ToString()), 0, 18);
    }
}
