using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Lake;
using CloudPosture.Lake.Harvests;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.Text;

namespace CloudPosture.PowerShell.Harvests;

/// <summary>Removes harvests that are old, or more than one keeps. The last good reading of an account stays.</summary>
[Cmdlet(VerbsCommon.Remove, "PostureHarvest", DefaultParameterSetName = IdSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PostureHarvest))]
public sealed class RemovePostureHarvestCommand : LakeCmdlet
{
    private const string IdSet = "Id";
    private const string AgeSet = "Age";
    private HarvestRetention? _retention;

    /// <summary>Ids of harvests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = IdSet)]
    [NamesFrom("HarvestId", What = "harvest")]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string[] HarvestId { get; set; } = [];

    /// <summary>Removes harvests that began before this time.</summary>
    [Parameter(ParameterSetName = AgeSet)]
    [SinceText]
    [ArgumentCompleter(typeof(SinceCompleter))]
    public DateTime? OlderThan { get; set; }

    /// <summary>How many of the newest stay, whatever their age.</summary>
    [Parameter(ParameterSetName = AgeSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Keep { get; set; }

    /// <summary>Gives what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        _retention ??= new HarvestRetention(lake);
        foreach (var harvest in ParameterSetName == AgeSet ? Old(lake) : Named(lake))
        {
            var needed = _retention.AccountsThatNeed(harvest.HarvestId);
            if (needed.Count == 0)
            {
                Remove(lake, harvest);
            }
            else if (ParameterSetName == AgeSet)
            {
                WriteVerbose($"Harvest {harvest.HarvestId} stays: it has the last good reading or assessment of {SomeNames.Of(needed)}.");
            }
            else
            {
                WriteFailure(new HarvestNeededException($"Harvest '{harvest.HarvestId}' has the last good reading or assessment of {SomeNames.Of(needed)}, and stays. Harvest them anew first."), harvest.HarvestId);
            }
        }
    }

    private void Remove(PostureLake lake, HarvestInfo harvest)
    {
        if (!ShouldProcess(FormattableString.Invariant($"{harvest.HarvestId} of {harvest.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC in '{lake.Path}'"), "Remove harvest with its resources and findings"))
        {
            return;
        }

        try
        {
            var removed = PassThru ? PostureHarvest.From(lake.Harvest(harvest.HarvestId)) : null;
            HarvestRemoval.Remove(lake, harvest.HarvestId);
            WriteObject(removed is null ? [] : (PostureHarvest[])[removed], enumerateCollection: true);
        }
        catch (LakeException) when (lake.FindHarvest(harvest.HarvestId) is null)
        {
            WriteVerbose($"Another process has removed harvest {harvest.HarvestId} meanwhile.");
        }
        catch (LakeException problem)
        {
            WriteFailure(problem, harvest.HarvestId);
        }
    }

    private IEnumerable<HarvestInfo> Named(PostureLake lake)
    {
        foreach (var id in HarvestId.Distinct(StringComparer.Ordinal))
        {
            PostureLake.CheckId(id);
            if (lake.FindHarvest(id) is { } harvest)
            {
                yield return harvest;
            }
            else
            {
                WriteFailure(UnknownNameException.Among("Harvest", id, lake.Harvests().Select(one => one.HarvestId), $"Get-PostureHarvest lists those in '{lake.Path}'."), id);
            }
        }
    }

    private IReadOnlyList<HarvestInfo> Old(PostureLake lake)
    {
        if (OlderThan is null && Keep is null)
        {
            throw new ArgumentException("Say which harvests go: by -HarvestId, -OlderThan or -Keep.");
        }

        var time = SinceTextAttribute.Utc(OlderThan);
        return [.. lake.Harvests().Skip(Keep ?? 0).Where(harvest => !(harvest.StartedAt >= time))];
    }
}
