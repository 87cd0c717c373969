using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Exceptions;
using CloudPosture.Findings.Imports;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Exceptions;

/// <summary>Accepts what another tool was told to be silent about.</summary>
[Cmdlet(VerbsData.Import, "PostureException", SupportsShouldProcess = true)]
[OutputType(typeof(PostureExceptionInfo))]
public sealed class ImportPostureExceptionCommand : ExceptionCmdlet
{
    /// <summary>Files of the other tool.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    [NamesFrom("Path", "FullName", "PSPath", What = "file", IsWhole = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Why, where the file does not say.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Who decided, where the file does not say.</summary>
    [Parameter]
    public string? By { get; set; }

    /// <summary>The ticket.</summary>
    [Parameter]
    public string? Ticket { get; set; }

    /// <summary>The last day in force.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        foreach (var path in Path.Select(this.Resolve))
        {
            if (!File.Exists(path))
            {
                WriteFailure(new FileNotFoundException($"There is no file '{path}'."), path);
                continue;
            }

            Import(path);
        }
    }

    private void Import(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var rules = Library.Rules;
        var exceptions = new List<PostureException>();
        foreach (var entry in ExceptionImport.Read(path, rules, Reason ?? $"Accepted in {name}."))
        {
            if (entry.Problem is { } problem)
            {
                WriteFailure(new ExceptionNotImportedException($"{name}, {entry.Source}: {problem}", entry.Advice), entry.Source);
            }

            exceptions.AddRange(entry.Exceptions.Select(Completed));
        }

        var file = ExceptionLocation.File(this, ExceptionPath);
        if (exceptions.Count > 0 && ShouldProcess($"{exceptions.Count} exception{(exceptions.Count == 1 ? "" : "s")} from '{path}' into '{file.Path}'", "Accept failures"))
        {
            var added = file.AddNew(exceptions);
            WriteVerbose($"{added.Count} exceptions were added; {exceptions.Count - added.Count} were there already.");
            WriteObject(Review(file, added), enumerateCollection: true);
        }
    }

    private PostureException Completed(PostureException exception) => exception with { By = exception.By ?? By, Ticket = Ticket, Until = DayOf(Until) };
}
