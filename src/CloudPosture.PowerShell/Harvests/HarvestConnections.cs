using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Connections;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Connections;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Chooses the connections that a harvest reads through: those that were named, or one without a name for credentials of the command line, or of the machine where there is no connection.</summary>
/// <param name="records">The names that came, with the credentials each brought.</param>
/// <param name="given">The credentials of the command line.</param>
/// <param name="regions">The Regions to read; null for each connection's own.</param>
/// <param name="use">Makes a connection use credentials that were given.</param>
internal sealed class HarvestConnections(
    IReadOnlyList<(string[] Names, GivenCredentials Given)> records, GivenCredentials given, string[]? regions, Func<PostureConnection, GivenCredentials, PostureConnection> use)
{
    /// <summary>The connections, without those that are disabled.</summary>
    /// <param name="resumed">The harvest that goes on; its own connections are taken where none were named.</param>
    /// <param name="writer">Is told what is left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<PostureConnection>> SelectAsync(HarvestInfo? resumed, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var typed = records.SelectMany(record => record.Names).ToList();
        var names = typed.Count > 0 || resumed is null ? typed : [.. resumed.Manifests.SelectMany(manifest => manifest.Connections).Distinct()];
        var isUnnamed = names.Count == 0 ? given.Reference is not null : names.TrueForAll(name => name == InvokePostureHarvestCommand.UnnamedConnection);
        if (isUnnamed)
        {
            return [Unnamed()];
        }

        var enabled = new List<PostureConnection>();
        var selected = await new ConnectionStore().SelectAsync(names, writer, cancellationToken).ConfigureAwait(false);
        foreach (var connection in selected)
        {
            if (!connection.Enabled)
            {
                TellDisabled(connection.Name, names, writer);
                continue;
            }

            enabled.Add(use(regions is null ? connection : connection with { Regions = regions }, GivenFor(connection.Name)));
        }

        if (names.Count == 0 && selected.Count == 0)
        {
            // As AWS Tools would do. It is told, since whoever lost his connections does not expect it.
            writer.Warning("There is no connection: the account of this machine's own AWS credentials is read. New-PostureConnection makes a connection.");
            return [Unnamed()];
        }

        if (names.Count == 0 && enabled.Count == 0)
        {
            writer.Warning("Every connection is disabled. Enable one with Enable-PostureConnection.");
        }

        return enabled;
    }

    private PostureConnection Unnamed() => use(new PostureConnection { Name = InvokePostureHarvestCommand.UnnamedConnection, Regions = regions ?? [] }, given);

    // Who names a connection expects that it is read.
    private static void TellDisabled(string connection, IReadOnlyList<string> names, PipelineWriter writer)
    {
        if (new NameFilter(names).ExactNames.Contains(connection, StringComparer.OrdinalIgnoreCase))
        {
            writer.Warning($"Connection '{connection}' is disabled and not harvested. Enable-PostureConnection '{connection}' enables it.");
        }
        else
        {
            writer.Verbose($"Connection '{connection}' is disabled and not harvested.");
        }
    }

    // Each object in the pipeline may bring credentials of its own.
    private GivenCredentials GivenFor(string connection) =>
        records.Where(record => new NameFilter(record.Names).Admits(connection)).Select(record => record.Given).FirstOrDefault() ?? new GivenCredentials();
}
