using System;
using System.Collections.Generic;
using CloudPosture.Lake.Harvests;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Lake.Snapshots;

/// <summary>What is known of one account: each of its services as the newest harvest left it that set out to read it. This is what assessment reads.</summary>
public interface IAccountSnapshot
{
    /// <summary>The account, 12 digits.</summary>
    string AccountId { get; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    string AccountName { get; }

    /// <summary>The partition (<c>aws</c>, <c>aws-us-gov</c>, <c>aws-cn</c>).</summary>
    string Partition { get; }

    /// <summary>The Regions that were harvested, sorted; <c>global</c> is not among them.</summary>
    IReadOnlyList<string> Regions { get; }

    /// <summary>True where the account manages an organization.</summary>
    bool IsManagementAccount { get; }

    /// <summary>The connection the account was read through.</summary>
    string Connection { get; }

    /// <summary>The newest harvest that took part.</summary>
    string HarvestId { get; }

    /// <summary>When the newest of the services was read, in UTC.</summary>
    DateTimeOffset HarvestedAt { get; }

    /// <summary>What could not be read: whole lists, and the fields of single resources.</summary>
    IReadOnlyList<ReadGap> Gaps { get; }

    /// <summary>Whether a service was asked, successfully or not, by the newest harvest that set out to.</summary>
    /// <param name="service">The catalog's name of the service (<c>s3</c>).</param>
    /// <returns>False where no harvest of this account included the service, or the newest that did ended before.</returns>
    bool WasHarvested(string service);

    /// <summary>When a service was last read that the newest harvest which set out to read it did not come to, and why not.</summary>
    /// <param name="service">The catalog's name of the service (<c>s3</c>).</param>
    /// <returns>Null where the service was asked, or no harvest set out to.</returns>
    string? WhyUnread(string service);

    /// <summary>Streams every resource of the account from the lake, but for the services that are unread now.</summary>
    /// <returns>The resources, in no particular order; each enumeration reads again.</returns>
    IEnumerable<Resource> Resources();
}
