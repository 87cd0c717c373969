using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;

namespace CloudPosture.Posture;

/// <summary>Reads what a lake knows of organizations, and nothing else of the accounts that manage them.</summary>
internal static class OrganizationFacts
{
    private const string Service = "organizations";
    /// <summary>For each organization what its managing account says of it and of its control policies.</summary>
    public static IReadOnlyList<IAccountSnapshot> Read(PostureLake lake) =>
    [
        .. lake.ReadResources(new ResourceQuery { Services = [Service] })
            .GroupBy(resource => resource.AccountId, StringComparer.Ordinal)
            .Where(account => account.Any(resource => resource.Type == OrganizationTypes.Root))
            .Select(account => new MemorySnapshot([Service], account) { AccountId = account.Key, HarvestedAt = account.First().HarvestedAt, IsManagementAccount = true }),
    ];
}
