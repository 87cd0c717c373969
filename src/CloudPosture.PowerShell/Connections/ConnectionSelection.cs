using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Finds connections by the names and wildcards of a parameter.</summary>
internal static class ConnectionSelection
{
    /// <summary>The connections that the filter admits; a name without wildcards must exist.</summary>
    public static async Task<IReadOnlyList<PostureConnection>> SelectAsync(this ConnectionStore store, NameFilter names, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        names.RefuseUnknown(
            "Connection",
            [.. all.Select(connection => connection.Name)],
            all.Count == 0 ? "There are none yet: make one with New-PostureConnection." : "Get-PostureConnection lists the connections.");
        return [.. all.Where(connection => names.Admits(connection.Name))];
    }
}
