using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using CloudPosture.Lake;

namespace CloudPosture.Posture.Harvests;

/// <summary>Where connections lead that cannot be asked: to the account they name, or where they led when the lake last heard of them.</summary>
internal sealed class Whereabouts(PostureLake lake)
{
    private readonly Lazy<ILookup<string, string>> _harvested = new(() =>
        lake.LatestAccounts().ToLookup(account => account.Connection, account => account.AccountId, StringComparer.OrdinalIgnoreCase));

    public IReadOnlyList<string> Of(PostureConnection connection) =>
        connection.Kind == ConnectionKind.Account && NamedBy(connection) is { } account ? [account] : [.. _harvested.Value[connection.Name]];

    private static string? NamedBy(PostureConnection connection) =>
        connection.AccountId ?? (RoleArn.TryParse(connection.RoleArn, out var role) ? role.AccountId : null);
}
