using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Ends harvests that nobody writes any more: joins what shards harvested together, and cuts off what a process that died left torn.</summary>
[Cmdlet(VerbsLifecycle.Complete, "PostureHarvest", SupportsShouldProcess = true)]
[OutputType(typeof(PostureHarvest))]
public sealed class CompletePostureHarvestCommand : LakeCmdlet
{
    /// <summary>Ids of harvests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [NamesFrom("HarvestId", What = "harvest")]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string[] HarvestId { get; set; } = [];

    /// <summary>Ends the harvest though accounts are missing, which it names.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        foreach (var id in HarvestId)
        {
            try
            {
                // -WhatIf must not promise what there is not.
                _ = lake.Harvest(id);
                if (!ShouldProcess(id, Force ? "End harvest, whatever is missing" : "Complete harvest"))
                {
                    continue;
                }

                WriteObject(PostureHarvest.From(HarvestJoin.Join(lake, id, Force)));
            }
            catch (LakeException problem)
            {
                WriteFailure(problem, id);
            }
        }
    }
}
