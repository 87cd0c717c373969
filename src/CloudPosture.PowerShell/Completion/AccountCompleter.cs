using System.Collections;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the accounts that the lake knows; their names show as tool tips.</summary>
public sealed class AccountCompleter : PostureCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        PostureLake.Open(LakeLocation.Of(boundParameters)).LatestAccounts().Select(account => (account.AccountId, account.AccountName));
}
