using System.Collections.Generic;
using CloudPosture.Lake.Findings;
using CloudPosture.Reporting.Content;

namespace CloudPosture.Posture.Publishing;

/// <summary>The findings of an account that belong into one Region.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Region">The Region; for what is global the one in which its partition keeps it.</param>
/// <param name="Findings">The findings; they are read once, and before the next place.</param>
public sealed record PublishedPlace(string AccountId, string Region, IEnumerable<Finding> Findings)
{
    /// <summary>Parts findings that are sorted by place.</summary>
    /// <param name="findings">The findings.</param>
    public static IEnumerable<PublishedPlace> Of(IEnumerable<Finding> findings)
    {
        using var all = findings.GetEnumerator();
        var hasNext = all.MoveNext();
        while (hasNext)
        {
            var (account, region) = (all.Current.AccountId, ResourcePlace.RegionOf(all.Current));
            yield return new PublishedPlace(account, region, Here(account, region));
            foreach (var unread in Here(account, region))
            {
                _ = unread;
            }
        }

        IEnumerable<Finding> Here(string account, string region)
        {
            for (; hasNext && all.Current.AccountId == account && ResourcePlace.RegionOf(all.Current) == region; hasNext = all.MoveNext())
            {
                yield return all.Current;
            }
        }
    }
}
