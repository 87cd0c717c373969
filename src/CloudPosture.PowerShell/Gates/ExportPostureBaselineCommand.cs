using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using CloudPosture.Findings;
using CloudPosture.Lake.Findings;
using CloudPosture.PowerShell.Exceptions;
using CloudPosture.PowerShell.Harvests;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Gates;

/// <summary>Writes the failures that a gate is to let through from now on.</summary>
[Cmdlet(VerbsData.Export, "PostureBaseline", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPostureBaselineCommand : LakeCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>The file of exceptions.</summary>
    [Parameter]
    public string? ExceptionPath { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        var lake = OpenLake();
        LakeLocation.RefuseEmpty(lake);
        var path = this.Resolve(Path);
        PathParameters.RefuseMissingFolder(path);
        if (!ShouldProcess(path, "Write baseline"))
        {
            return;
        }

        var view = new FindingView(lake, ExceptionLocation.InForce(this, ExceptionPath, lake, ModuleLibrary.Of(this, lake, frameworks: null)));
        Baseline.Write(path, UntilStopped(view.Read(new FindingQuery { Statuses = [FindingStatus.Fail] })));
        WriteObject(this.Files(path), enumerateCollection: true);
    }

    private IEnumerable<Finding> UntilStopped(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            StopToken.ThrowIfCancellationRequested();
            yield return finding;
        }
    }
}
