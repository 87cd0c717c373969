using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings;
using CloudPosture.Lake.Findings;
using CloudPosture.Posture.Rules;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Reporting.Collecting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>A cmdlet that writes a report of findings of the lake.</summary>
public abstract class ReportCmdlet : LakeCmdlet
{
    private FindingView? _view;
    private RuleLibrary? _library;

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Folders of frameworks of one's own.</summary>
    [Parameter]
    public string[]? FrameworkPath { get; set; }

    /// <summary>The rules and benchmarks to tell of.</summary>
    private protected RuleLibrary Library => _library ??= ModuleLibrary.Of(this, OpenLake(), FrameworkPath);

    // Without findings of its own a report would say that all is well.
    private protected void RefuseUnknownHarvest()
    {
        var lake = OpenLake();
        var harvests = LakeLocation.RefuseEmpty(lake);
        if (HarvestId is not null && lake.FindHarvest(HarvestId) is null)
        {
            throw UnknownNameException.Among("Harvest", HarvestId, harvests.Select(harvest => harvest.HarvestId), $"Get-PostureHarvest lists those in '{lake.Path}'.");
        }
    }

    /// <summary>Adds what the lake holds; what comes through the pipeline went through the exceptions already.</summary>
    private protected void AddFromLake(ReportFile report, string? harvestId)
    {
        _view ??= new FindingView(OpenLake(), ExceptionLocation.InForce(this, ExceptionPath, OpenLake(), Library));
        foreach (var finding in _view.Read(new FindingQuery { HarvestId = harvestId, ExcludedServices = harvestId is null ? ModuleFolder.Catalog.EventNames : [] }))
        {
            StopToken.ThrowIfCancellationRequested();
            report.Add(finding);
        }
    }

    private protected void Save(ReportFile report)
    {
        report.Save(StopToken);
        if (report.Warning is { } warning)
        {
            WriteWarning(CmdletAdvice.Whole(warning));
        }
    }
}
