using System;
using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Graph.Network;
using CloudPosture.Graph.Network.Reading;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>The network of one account, for rules that ask.</summary>
internal sealed class AccountNetwork : AccountDigest
{
    private static readonly HashSet<string> Types = new(NetworkTypes.All, StringComparer.Ordinal);
    private readonly NetworkBuilder _builder = new();
    private readonly Lazy<NetworkModel> _model;

    private AccountNetwork(AccountIndex account) => _model = new(() =>
    {
        foreach (var type in NetworkTypes.All)
        {
            if (account.GapOf(type, region: null) is { } gap)
            {
                _builder.Miss(type, account.AccountId, gap.Region);
            }
        }

        return _builder.Build();
    });

    /// <summary>What makes it.</summary>
    public static DigestKind Kind { get; } = new(_ => NetworkTypes.All, account => new AccountNetwork(account));

    /// <summary>That of an account, among whose needs is <see cref="Kind"/>.</summary>
    public static NetworkModel Of(AccountIndex account) => ((AccountNetwork)account.Digest(Kind))._model.Value;

    public override void Add(Resource resource)
    {
        if (Types.Contains(resource.Type))
        {
            _builder.Add(resource);
        }
    }
}
