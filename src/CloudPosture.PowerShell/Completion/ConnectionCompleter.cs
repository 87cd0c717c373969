using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;

namespace CloudPosture.PowerShell.Completion;

/// <summary>Completes the names of the user's connections.</summary>
public sealed class ConnectionCompleter : PostureCompleter
{
    /// <summary>The names of the user's connections.</summary>
    internal static IEnumerable<string> Names => Stored.Select(connection => connection.Name);

    /// <summary>The user's connections.</summary>
    internal static IReadOnlyList<PostureConnection> Stored =>
        Task.Run(() => new ConnectionStore().ListAsync(CancellationToken.None)).GetAwaiter().GetResult();

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Description)> Candidates(IDictionary boundParameters) =>
        Stored.Select(connection => (connection.Name, $"{connection.AccountName ?? connection.AccountId ?? connection.Kind.ToString()}, {connection.Credential}"));
}
