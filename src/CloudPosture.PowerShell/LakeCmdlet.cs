using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that read what was harvested.</summary>
public abstract class LakeCmdlet : PostureCmdlet
{
    /// <summary>The lake's folder.</summary>
    [Parameter]
    public string? LakePath { get; set; }

    /// <summary>Opens the lake. What is damaged in it becomes an error; the rest is read.</summary>
    private protected PostureLake OpenLake()
    {
        var lake = LakeLocation.Open(this, LakePath);
        lake.OnDamage = damage => WriteFailure(damage, damage.Path);
        return lake;
    }
}
