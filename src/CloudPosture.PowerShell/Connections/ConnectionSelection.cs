using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Connections;

/// <summary>Finds connections by the names and wildcards of a parameter.</summary>
internal static class ConnectionSelection
{
    /// <summary>The connections that the names admit. A name without wildcards must exist: where it does not, that is an error of its own.</summary>
    public static async Task<IReadOnlyList<PostureConnection>> SelectAsync(this ConnectionStore store, IEnumerable<string>? wanted, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        if (store.Exposure is { } exposure)
        {
            writer.Warning(exposure);
        }

        var names = new NameFilter(wanted);
        foreach (var stranger in names.ExactNames.Where(name => !all.Any(connection => connection.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            var hint = all.Count == 0 ? "There are none yet: make one with New-PostureConnection." : "Get-PostureConnection lists the connections.";
            writer.Error(ErrorRecords.From(UnknownNameException.Among("Connection", stranger, all.Select(connection => connection.Name), hint), stranger));
        }

        return [.. all.Where(connection => names.Admits(connection.Name))];
    }
}
