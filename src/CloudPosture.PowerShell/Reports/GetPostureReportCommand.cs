using System;
using System.IO;
using System.Management.Automation;
using CloudPosture.Posture.Reports;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.Reporting;

namespace CloudPosture.PowerShell.Reports;

/// <summary>Makes the report that people read, of what was last assessed, and opens it.</summary>
[Cmdlet(VerbsCommon.Get, "PostureReport")]
[OutputType(typeof(FileInfo))]
public sealed class GetPostureReportCommand : ReportCmdlet
{
    private const string FileName = "report.html";

    /// <summary>The file; by default one in the lake's folder.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Opens the report in the browser.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        RefuseUnknownHarvest();
        var file = Path is null ? System.IO.Path.Combine(lake.Path, FileName) : this.Resolve(Path);
        PathParameters.RefuseMissingFolder(file);
        var scope = new ReportScope { Lake = lake, HarvestId = HarvestId, Exceptions = ExceptionLocation.ExistingFile(this, ExceptionPath).Read() };
        using var report = PostureReport.Begin(file, ReportFormat.Html, Library, DateTimeOffset.UtcNow, scope);
        AddFromLake(report, HarvestId);
        Save(report);
        if (Show)
        {
            InvokeProvider.Item.Invoke(WildcardPattern.Escape(file));
        }

        WriteObject(this.Files(file), enumerateCollection: true);
    }
}
