using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings;
using CloudPosture.Lake;
using CloudPosture.Posture;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Reporting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>Makes the report that people read, of what was last assessed, and opens it.</summary>
[Cmdlet(VerbsCommon.Get, "PostureReport")]
[OutputType(typeof(FileInfo))]
public sealed class GetPostureReportCommand : LakeCmdlet
{
    private const string FileName = "report.html";

    /// <summary>The file; by default one in the lake's folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Opens the report in the browser.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        RefuseUnknownHarvest(lake);
        var file = Path is null ? System.IO.Path.Combine(lake.Path, FileName) : this.Resolve(Path);
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(file)))
        {
            throw new DirectoryNotFoundException($"There is no folder '{System.IO.Path.GetDirectoryName(file)}'.");
        }

        var exceptions = ExceptionLocation.ExistingFile(this, ExceptionPath).Read();
        using var report = PostureReport.Begin(file, ReportFormat.Html, ModuleLibrary.Of(lake, given: null, WriteWarning), DateTimeOffset.UtcNow, lake, HarvestId, exceptions: exceptions);
        foreach (var finding in new FindingView(lake, ExceptionLocation.InForce(this, ExceptionPath, lake)).Read(new FindingQuery { HarvestId = HarvestId }))
        {
            StopToken.ThrowIfCancellationRequested();
            report.Add(finding);
        }

        report.Save(StopToken);
        if (report.Warning is { } warning)
        {
            WriteWarning(warning);
        }

        if (Show)
        {
            InvokeProvider.Item.Invoke(WildcardPattern.Escape(file));
        }

        WriteObject(new FileInfo(file));
    }

    // Without findings of its own a report would say that all is well.
    private void RefuseUnknownHarvest(PostureLake lake)
    {
        var harvests = lake.Harvests();
        if (harvests.Count == 0)
        {
            throw new UnknownNameException("HarvestNotFound", lake.Path, $"There is no harvest in '{lake.Path}'. Invoke-PostureHarvest makes one, and -LakePath names another lake.");
        }

        if (HarvestId is not null && lake.FindHarvest(HarvestId) is null)
        {
            throw UnknownNameException.Among("Harvest", HarvestId, harvests.Select(harvest => harvest.HarvestId), $"Get-PostureHarvest lists those in '{lake.Path}'.");
        }
    }
}
