using System.Management.Automation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell;

/// <summary>The base of cmdlets that show what was harvested, narrowed by where it is.</summary>
public abstract class HarvestedCmdlet : LakeCmdlet
{
    /// <summary>Services of the catalog.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[]? Service { get; set; }

    /// <summary>Accounts, by id or name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public string[]? Account { get; set; }

    /// <summary>Regions, or <c>global</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string[]? Region { get; set; }

    /// <summary>Connections the resources were read through.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>A harvest from Get-PostureHarvest.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PostureHarvest? InputObject { get; set; }
}
