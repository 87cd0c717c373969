using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.PowerShell.Completion;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Joins what shards harvested together into one complete harvest.</summary>
[Cmdlet(VerbsLifecycle.Complete, "PostureHarvest", SupportsShouldProcess = true)]
[OutputType(typeof(PostureHarvest))]
public sealed class CompletePostureHarvestCommand : LakeCmdlet
{
    /// <summary>Ids of harvests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string[] HarvestId { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        foreach (var id in HarvestId)
        {
            if (!ShouldProcess(id, "Complete harvest"))
            {
                continue;
            }

            try
            {
                WriteObject(PostureHarvest.From(HarvestWriter.Join(lake, id)));
            }
            catch (LakeException problem)
            {
                WriteFailure(problem, id);
            }
        }
    }
}
