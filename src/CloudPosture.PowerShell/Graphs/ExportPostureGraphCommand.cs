using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Assessment.Paths;
using CloudPosture.Graph;
using CloudPosture.Graph.Export;
using CloudPosture.Posture.Paths;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>Writes what leads to what for other programs.</summary>
[Cmdlet(VerbsData.Export, "PostureGraph", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
[OutputType(typeof(string))]
public sealed class ExportPostureGraphCommand : GraphCmdlet
{
    // Mermaid itself draws no more, unless its settings are changed.
    private const int MostDrawn = 500;
    private readonly List<string> _names = [];
    private readonly List<PosturePath> _paths = [];

    /// <summary>The form.</summary>
    [Parameter(Mandatory = true)]
    [Choice(typeof(GraphFormat))]
    public GraphFormat Format { get; set; }

    /// <summary>The file, or for CSV the folder, to write.</summary>
    [Parameter]
    [Alias("FilePath")]
    public string? Path { get; set; }

    /// <summary>Which way edges are followed from the resources.</summary>
    [Parameter]
    [Choice(typeof(GraphDirection))]
    public GraphDirection Direction { get; set; } = GraphDirection.Both;

    /// <summary>Replaces files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What another cmdlet of the module gave: a resource, a finding, a relation, an exposure, a path.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        if (InputObject?.BaseObject is PosturePath path)
        {
            _paths.Add(path);
        }
        else if (ArnOf(InputObject) is { } arn && Graph.Find(arn).Count > 0)
        {
            _names.Add(arn);
        }
        else
        {
            RefuseNameless(InputObject, ", and paths");
            _names.AddRange(ResourceId ?? []);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_paths.Count + _names.Count == 0 && MyInvocation.ExpectingInput)
        {
            if (IsRefused)
            {
                return;
            }

            WriteWarning("Nothing came through the pipeline, so there is nothing to draw.");
            return;
        }

        var part = _paths.Count > 0 ? GraphPart.Whole(PathGraph.Of(_paths))
            : _names.Count == 0 ? GraphPart.Whole(Graph)
            : GraphPart.Around(Graph, Starts(_names.Distinct()), Depth, Direction);
        if (Format == GraphFormat.Mermaid && part.Edges.Skip(MostDrawn).Any())
        {
            WriteWarning($"Mermaid draws {MostDrawn} edges, and these are more: name a few resources with -ResourceId, or choose -Format GraphML.");
        }

        if (Path is { Length: > 0 } path)
        {
            Save(part, this.Resolve(path));
        }
        else
        {
            WriteText(part);
        }
    }

    private void WriteText(GraphPart part)
    {
        if (GraphExport.FilesOf(Format).Count > 1)
        {
            throw new ArgumentException($"-Format {Format} makes two files: name their folder with -Path.");
        }

        using var writer = new StringWriter();
        GraphExport.Write(part, Format, "", writer);
        WriteObject(writer.ToString());
    }

    private void Save(GraphPart part, string path)
    {
        var files = GraphFiles.Of(path, Format);
        if (files.FirstOrDefault(File.Exists) is { } old && !Force)
        {
            throw new IOException($"The file '{old}' exists: use -Force to replace it.");
        }

        if (ShouldProcess(path, "Write graph"))
        {
            GraphFiles.Write(part, Format, path);
            WriteObject(this.Files([.. files]), enumerateCollection: true);
        }
    }
}
