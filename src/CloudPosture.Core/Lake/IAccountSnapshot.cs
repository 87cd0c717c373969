using System;
using System.Collections.Generic;

namespace CloudPosture.Lake;

/// <summary>What is known of one account: the latest harvest of each of its services. This is what assessment reads.</summary>
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

    /// <summary>Whether a service was asked at all, successfully or not.</summary>
    /// <param name="service">The catalog's name of the service (<c>s3</c>).</param>
    /// <returns>False where no harvest of this account included the service.</returns>
    bool WasHarvested(string service);

    /// <summary>Why a service is not there though the newest harvest set out to read it: its account failed before.</summary>
    /// <param name="service">The catalog's name of the service (<c>s3</c>).</param>
    /// <returns>Null where the service is there, or was not asked for.</returns>
    string? WhyUnread(string service);

    /// <summary>Streams every resource of the account from the lake.</summary>
    /// <returns>The resources, in no particular order; each enumeration reads again.</returns>
    IEnumerable<Resource> Resources();
}
