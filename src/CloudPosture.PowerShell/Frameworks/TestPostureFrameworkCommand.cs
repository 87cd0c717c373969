using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Content;
using CloudPosture.PowerShell.Pipeline;
using CloudPosture.PowerShell.Rules;

namespace CloudPosture.PowerShell.Frameworks;

/// <summary>Finds every mistake in frameworks of one's own.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PostureFramework")]
[OutputType(typeof(PostureFrameworkIssue))]
[OutputType(typeof(bool))]
public sealed class TestPostureFrameworkCommand : LakeCmdlet
{
    private readonly List<string> _files = [];

    /// <summary>Files, or folders of them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FrameworkPath", "FullName", "PSPath")]
    [NamesFrom("Path", "FullName", "PSPath", What = "file", IsWhole = true)]
    public string[]? Path { get; set; }

    /// <summary>Folders of rules of one's own that frameworks may name.</summary>
    [Parameter]
    public string[]? RulePath { get; set; }

    /// <summary>Answers true or false.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (Path is { Length: > 0 })
        {
            _files.AddRange(Path.Select(this.Resolve));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_files.Count == 0 && MyInvocation.ExpectingInput)
        {
            return;
        }

        IReadOnlyList<string> paths = _files.Count > 0 ? _files : FrameworkLocation.Folders(this, null);
        if (paths.Count == 0)
        {
            throw new DirectoryNotFoundException($"There are no frameworks of your own: neither CLOUDPOSTURE_FRAMEWORKS nor the folder '{FrameworkLocation.DefaultFolder}' is there. Name files or folders with -Path.");
        }

        var issues = new List<ContentException>();
        var checkedOnes = BenchmarkSet.Check(ModuleFolder.Content, ModuleLibrary.RulesOf(this, OpenLake(), RulePath), paths, issues.Add);
        if (checkedOnes.Count == 0 && issues.Count == 0)
        {
            throw new FileNotFoundException($"There is no framework in '{string.Join("', '", paths)}': frameworks are YAML files, whose names end in .yaml.");
        }

        foreach (var benchmark in checkedOnes)
        {
            WriteVerbose($"{benchmark.Id} has {benchmark.Requirements.Count} requirements; {benchmark.Requirements.Count(requirement => requirement.Rules.Count > 0)} of them are answered by rules.");
        }

        var sorted = issues.OrderBy(issue => issue.File, StringComparer.Ordinal).ThenBy(issue => issue.Line);
        WriteObject(Quiet ? issues.Count == 0 : sorted.Select(PostureFrameworkIssue.From), enumerateCollection: true);
    }
}
