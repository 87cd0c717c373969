using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Connections;
using CloudPosture.Lake;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Posture;

/// <summary>
/// The accounts that belong to us, so that a role which one of them may enter is not taken for a third party's: those the
/// connections name or lead to, and those of every organization that was harvested.
/// </summary>
internal static class KnownAccounts
{
    public static IReadOnlyCollection<string> Find(IEnumerable<string> reached, IEnumerable<PostureConnection> connections, PostureLake lake) =>
        new HashSet<string>(
            reached
                .Concat(connections.Select(connection => connection.AccountId).OfType<string>())
                .Concat(lake.ReadResources(new ResourceQuery { Types = [OrganizationTypes.Account] }).Select(account => account.Id)),
            StringComparer.Ordinal);
}
