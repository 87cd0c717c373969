using System.Linq;
using System.Management.Automation;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Gets the harvests of a lake, newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PostureHarvest", DefaultParameterSetName = SummarySet)]
[OutputType(typeof(PostureHarvest), ParameterSetName = [SummarySet])]
[OutputType(typeof(PostureOperationStatistics), ParameterSetName = [DetailSet])]
public sealed class GetPostureHarvestCommand : LakeCmdlet
{
    private const string SummarySet = "Summary";
    private const string DetailSet = "Detail";

    /// <summary>Ids of harvests.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesFrom("HarvestId", What = "harvest", Hint = "Get-PostureHarvest lists the harvests with the connections they read through.")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string[]? HarvestId { get; set; }

    /// <summary>Only so many, from the newest.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Newest { get; set; } = int.MaxValue;

    /// <summary>Gives a line an account and operation instead of one a harvest.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetailSet)]
    public SwitchParameter Detail { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var wanted = new NameFilter(HarvestId);
        var lake = OpenLake();
        var found = lake.Harvests().Where(harvest => wanted.Admits(harvest.HarvestId)).ToList();
        foreach (var harvest in found.Take(Newest))
        {
            WriteObject(Detail ? PostureOperationStatistics.From(harvest) : PostureHarvest.From(harvest), enumerateCollection: Detail);
        }

        foreach (var missing in wanted.ExactNames.Where(id => !found.Exists(harvest => harvest.HarvestId == id)))
        {
            WriteFailure(UnknownNameException.Among("Harvest", missing, [], $"Get-PostureHarvest lists those in '{lake.Path}'."), missing);
        }
    }
}
