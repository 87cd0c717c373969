using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;

namespace CloudPosture.PowerShell.Findings;

/// <summary>Gets the verdicts of rules on harvested resources.</summary>
[Cmdlet(VerbsCommon.Get, "PostureFinding")]
[OutputType(typeof(Finding))]
public sealed class GetPostureFindingCommand : HarvestedCmdlet
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

    /// <summary>Resources by id, name or ARN.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "ResourceId", "ResourceName")]
    [SupportsWildcards]
    public string[]? Resource { get; set; }

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
