using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Harvests;

namespace CloudPosture.PowerShell.Findings;

/// <summary>Gets the verdicts of rules on harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureFinding")]
[OutputType(typeof(Finding))]
public sealed class GetPostureFindingCommand : LakeCmdlet
{
    /// <summary>Ids of rules.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RuleId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Rule { get; set; }

    /// <summary>Severities.</summary>
    [Parameter]
    public Severity[]? Severity { get; set; }

    /// <summary>Statuses.</summary>
    [Parameter]
    public FindingStatus[]? Status { get; set; }

    /// <summary>Benchmarks whose rules are wanted.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("BenchmarkId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[]? Benchmark { get; set; }

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

    /// <summary>Resources by id, name or ARN.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "ResourceId", "ResourceName")]
    [SupportsWildcards]
    public string[]? Resource { get; set; }

    /// <summary>Connections the resources were read through.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string[]? Connection { get; set; }

    /// <summary>One harvest, instead of the latest assessment of each account.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>A harvest from Get-PostureHarvest.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PostureHarvest? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var wanted = new FindingFilter(this);
        foreach (var finding in OpenLake().ReadFindings(wanted.Query))
        {
            if (wanted.Admits(finding))
            {
                WriteObject(finding);
            }
        }
    }
}
