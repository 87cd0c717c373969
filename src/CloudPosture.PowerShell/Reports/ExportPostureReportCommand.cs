using System;
using System.IO;
using System.Management.Automation;
using CloudPosture.Posture.Reports;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Filtering;
using CloudPosture.PowerShell.Findings;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.Reporting;
using CloudPosture.Reporting.Collecting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>Writes findings to a file in a format that other programs read.</summary>
[Cmdlet(VerbsData.Export, "PostureReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPostureReportCommand : ReportCmdlet, IDisposable
{
    private ReportFile? _report;
    private string _file = "";

    /// <summary>The format.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Choice(typeof(ReportFormat), Hint = "The format comes first, then the file.")]
    public ReportFormat Format { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Findings, or a harvest whose findings are meant.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

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
            var scope = new ReportScope
            {
                Lake = OpenLake(),
                HarvestId = HarvestId,
                IsSelection = MyInvocation.ExpectingInput,
                Exceptions = ExceptionLocation.ExistingFile(this, ExceptionPath).Read(),
            };
            _report = PostureReport.Begin(_file, Format, Library, DateTimeOffset.UtcNow, scope);
        }
    }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (_report is null)
        {
            return;
        }

        if (PipelineItem.Of(InputObject) is { } item && item.Is<PostureHarvest>())
        {
            AddFromLake(_report, item.Text(nameof(PostureHarvest.HarvestId)));
        }
        else if (FindingRow.Of(InputObject, "Export-PostureReport", "findings or a harvest") is { } finding)
        {
            _report.Add(finding);
        }
        else if (!MyInvocation.ExpectingInput)
        {
            AddFromLake(_report, HarvestId);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_report is null)
        {
            return;
        }

        Save(_report);
        WriteVerbose($"{_report.Count} findings were written to {_file}.");
        WriteObject(this.Files(_file), enumerateCollection: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _report?.Dispose();

    private void RefuseUnfitPath()
    {
        if (Directory.Exists(_file))
        {
            throw new IOException($"'{_file}' is a folder: name a file in it.");
        }

        PathParameters.RefuseMissingFolder(_file);
        if (NoClobber && File.Exists(_file))
        {
            throw new IOException($"The file '{_file}' exists: leave -NoClobber out to replace it.");
        }
    }
}
