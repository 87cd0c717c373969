using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that read what was harvested.</summary>
public abstract class LakeCmdlet : PostureCmdlet
{
    private const int MostNamed = 5;
    private PostureLake? _lake;
    private bool _isUnreadTold;

    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    /// <summary>Opens the lake, once a pipeline. What is damaged in it becomes an error; the rest is read.</summary>
    private protected PostureLake OpenLake()
    {
        if (_lake is null)
        {
            _lake = LakeLocation.Open(this, LakePath);
            _lake.OnDamage = damage => WriteFailure(damage, damage.Path);
        }

        return _lake;
    }

    /// <summary>Warns where nothing was ever read: that nothing is shown must not look as if nothing were wrong.</summary>
    private protected void WarnOfNothing()
    {
        if (OpenLake() is { IsEmpty: true } lake)
        {
            WriteWarning($"Nothing was harvested yet: the lake '{lake.Path}' is empty. Invoke-PostureHarvest reads accounts into it.");
        }
    }

    /// <summary>Warns where all that is asked about is of services that were read of no account: then that nothing is shown says nothing.</summary>
    /// <param name="services">The services that are asked about; none where all are.</param>
    private protected void WarnOfUnread(IEnumerable<string> services)
    {
        var wanted = services.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var accounts = wanted.Count == 0 || _isUnreadTold ? [] : OpenLake().LatestAccounts().ToList();
        if (accounts.Count == 0 || accounts.Exists(account => wanted.Exists(account.WasHarvested)))
        {
            return;
        }

        _isUnreadTold = true;
        var named = string.Join(", ", wanted.Take(MostNamed));
        WriteWarning($"{named}{(wanted.Count > MostNamed ? $" and {wanted.Count - MostNamed} more services" : "")} {(wanted.Count == 1 ? "was" : "were")} not read into '{OpenLake().Path}', so that nothing is known of it. Invoke-PostureHarvest {ReadBy(wanted)} reads it.");
    }

    private static string ReadBy(List<string> services) =>
        services.TrueForAll(ModuleFolder.Catalog.EventNames.Contains) ? "-IncludeEvents"
        : ModuleFolder.Catalog.Providers.FirstOrDefault(provider => provider.Name == services[0])?.Provider is { } detector ? $"-IncludeProviderFinding {detector}"
        : $"-Service {string.Join(", ", services.Take(MostNamed))}";
}
