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
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Rules;
using CloudPosture.Reporting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>Writes findings to a file in a format that other programs read.</summary>
[Cmdlet(VerbsData.Export, "PostureReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPostureReportCommand : LakeCmdlet, IDisposable
{
    private ReportFile? _report;
    private FindingView? _view;
    private string _file = "";

    /// <summary>The format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ReportFormat Format { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Findings, or a harvest whose findings are meant.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <summary>Leaves a file that is there as it is, and fails.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _file = this.Resolve(Path);
        RefuseUnfitPath();
        if (MyInvocation.ExpectingInput && HarvestId is not null)
        {
            throw new ArgumentException("Findings come from the pipeline or from -HarvestId, not from both. Leave one of them out.");
        }

        if (!MyInvocation.ExpectingInput)
        {
            RefuseUnknownHarvest();
        }

        if (ShouldProcess(_file, $"Write {Format} report"))
        {
            _report = PostureReport.Begin(_file, Format, ModuleLibrary.Of(OpenLake(), given: null, WriteWarning), DateTimeOffset.UtcNow, OpenLake(), HarvestId, MyInvocation.ExpectingInput, ExceptionLocation.ExistingFile(this, ExceptionPath).Read());
        }
    }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (_report is null)
        {
            return;
        }

        var input = InputObject is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : InputObject;
        switch (input)
        {
            case Finding finding:
                _report.Add(finding);
                break;
            case PostureHarvest harvest:
                AddFromLake(harvest.HarvestId);
                break;
            case PSObject row:
                _report.Add(FindingRow.Read(row));
                break;
            case null when !MyInvocation.ExpectingInput:
                AddFromLake(HarvestId);
                break;
            case null:
                break;
            default:
                throw new ArgumentException($"Export-PostureReport takes findings or a harvest, and no {input.GetType().Name}. Put Get-PostureFinding between the two.");
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_report is null)
        {
            return;
        }

        _report.Save(StopToken);
        WriteVerbose($"{_report.Count} findings were written to {_file}.");
        if (_report.Warning is { } warning)
        {
            WriteWarning(warning);
        }

        // As the provider gives it, so that the prompt shows its size and rights.
        WriteObject(InvokeProvider.Item.Get([_file], force: true, literalPath: true), enumerateCollection: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _report?.Dispose();

    private void RefuseUnfitPath()
    {
        if (Directory.Exists(_file))
        {
            throw new IOException($"'{_file}' is a folder: name a file in it.");
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(_file)))
        {
            throw new DirectoryNotFoundException($"There is no folder '{System.IO.Path.GetDirectoryName(_file)}'.");
        }

        if (NoClobber && File.Exists(_file))
        {
            throw new IOException($"The file '{_file}' exists: leave -NoClobber out to replace it.");
        }
    }

    // Without findings of its own a report would say that all is well.
    private void RefuseUnknownHarvest()
    {
        var lake = OpenLake();
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

    // What comes through the pipeline went through the exceptions already.
    private FindingView View() => _view ??= new FindingView(OpenLake(), ExceptionLocation.InForce(this, ExceptionPath, OpenLake()));

    private void AddFromLake(string? harvestId)
    {
        foreach (var finding in View().Read(new FindingQuery { HarvestId = harvestId }))
        {
            StopToken.ThrowIfCancellationRequested();
            _report!.Add(finding);
        }
    }
}
