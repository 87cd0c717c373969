using System.Runtime.CompilerServices;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Graph.Network;

namespace CloudPosture.Assessment.Paths;

/// <summary>The network of one account, for rules that ask; made once an account.</summary>
internal static class AccountNetwork
{
    private static readonly ConditionalWeakTable<AccountIndex, NetworkModel> Known = new();

    /// <summary>That of an account, of which all of <see cref="NetworkTypes.All"/> was looked up.</summary>
    public static NetworkModel Of(AccountIndex account) => Known.GetValue(account, Build);

    private static NetworkModel Build(AccountIndex account)
    {
        var builder = new NetworkBuilder();
        foreach (var type in NetworkTypes.All)
        {
            if (account.GapOf(type, region: null) is { } gap)
            {
                builder.Miss(type, account.AccountId, gap.Region);
            }

            foreach (var resource in account.Resources(type))
            {
                builder.Add(resource);
            }
        }

        return builder.Build();
    }
}
