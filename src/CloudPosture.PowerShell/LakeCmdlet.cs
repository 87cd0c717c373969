using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that read what was harvested.</summary>
public abstract class LakeCmdlet : PostureCmdlet
{
    private PostureLake? _lake;

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
}
