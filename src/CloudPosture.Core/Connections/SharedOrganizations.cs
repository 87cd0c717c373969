using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Files;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.Time;

namespace CloudPosture.Connections;

/// <summary>
/// The accounts of organizations, listed once for all shards of a harvest: whoever comes first asks AWS, whose rate for this is
/// low and shared by everybody who manages the organization, and the others read its answer from the harvest's folder.
/// </summary>
public sealed class SharedOrganizations
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly string _folder;
    private readonly TimeProvider _clock;

    internal SharedOrganizations(string folder, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
    }

    /// <summary>Those of a harvest.</summary>
    /// <param name="lake">The lake that the shards write to.</param>
    /// <param name="harvestId">The harvest's id.</param>
    /// <returns>The lists, made as they are asked for.</returns>
    /// <exception cref="Errors.SettingException">The id cannot be a harvest's.</exception>
    public static SharedOrganizations Of(PostureLake lake, string harvestId)
    {
        PostureLake.CheckId(harvestId);
        return new SharedOrganizations(lake.HarvestPath(harvestId), new SteadyTime());
    }

    /// <summary>The accounts that a connection's organization has.</summary>
    /// <exception cref="LakeException">The disk refuses, or the list is damaged.</exception>
    internal async Task<IReadOnlyList<OrganizationAccount>> ReadAsync(
        string connection, Func<CancellationToken, Task<IReadOnlyList<OrganizationAccount>>> list, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, $"organization-{connection.ToLowerInvariant()}.json");
        HarvestFiles.Write(_folder, () => PrivateFiles.CreateDirectory(_folder));
        while (!File.Exists(file))
        {
            // One at a time; a turn ends with the list, or with the process that had it.
            using (var turn = FileLock.TryLock(file + ".lock"))
            {
                if (turn is not null && !File.Exists(file))
                {
                    var accounts = await list(cancellationToken).ConfigureAwait(false);
                    HarvestFiles.Write(_folder, () => PrivateFiles.Replace(file, stream => JsonSerializer.Serialize(stream, accounts, ConnectionJson.Default.IReadOnlyListOrganizationAccount)));
                    return accounts;
                }
            }

            await _clock.DelayAsync(LookAgain, cancellationToken).ConfigureAwait(false);
        }

        return Read(file);
    }

    private static IReadOnlyList<OrganizationAccount> Read(string file)
    {
        try
        {
            using var stream = PrivateFiles.Read(file);
            return JsonSerializer.Deserialize(stream, ConnectionJson.Default.IReadOnlyListOrganizationAccount) ?? [];
        }
        catch (JsonException damage)
        {
            throw new LakeException(file, "the list of accounts is damaged. Remove this file, and run the shard again.", damage);
        }
    }
}
