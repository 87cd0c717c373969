using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Lake;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>
/// The accounts that belong to us, so that a role which one of them may enter is not taken for a third party's: those the
/// connections name or lead to, and those of every organization that was harvested.
/// </summary>
internal static class KnownAccounts
{
    private const string OrganizationAccount = "AWS::Organizations::Account";

    public static async Task<IReadOnlyCollection<string>> FindAsync(IEnumerable<AccountSession> reached, PostureLake lake, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var session in reached)
        {
            known.Add(session.AccountId);
        }

        foreach (var connection in await new ConnectionStore().ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (connection.AccountId is { } account)
            {
                known.Add(account);
            }
        }

        foreach (var account in lake.ReadResources(new ResourceQuery { Types = [OrganizationAccount] }))
        {
            known.Add(account.Id);
        }

        return known;
    }
}
