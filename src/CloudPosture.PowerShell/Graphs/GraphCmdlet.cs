using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CloudPosture.Findings.Providers;
using CloudPosture.Graph;
using CloudPosture.Lake.Resources;
using CloudPosture.PowerShell.Completion;
using CloudPosture.PowerShell.Errors;
using CloudPosture.PowerShell.Pipeline;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>The base of cmdlets that walk what leads to what in the lake.</summary>
public abstract class GraphCmdlet : LakeCmdlet
{
    private PostureGraph? _graph;

    /// <summary>Resources by ARN, id or name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn", "Resource", "ResourceName", "Arn", "Id")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public string[]? ResourceId { get; set; }

    /// <summary>How many edges away.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Depth { get; set; } = 1;

    /// <summary>One harvest, instead of the latest of each account and service.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HarvestCompleter))]
    public string? HarvestId { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => WarnOfNothing();

    /// <summary>The graph of the lake, made when it is first asked for.</summary>
    private protected PostureGraph Graph => _graph ??= PostureGraph.Build(
        OpenLake().ReadResources(new ResourceQuery { HarvestId = HarvestId }),
        ModuleFolder.Catalog,
        new ProviderFindings(OpenLake(), ModuleFolder.Catalog).Read([.. ModuleFolder.Catalog.Providers.Select(entry => entry.Provider!).Distinct(StringComparer.Ordinal)], HarvestId),
        StopToken);

    /// <summary>The nodes that the parameter means.</summary>
    /// <exception cref="UnknownNameException">There is none of a name.</exception>
    private protected IReadOnlyCollection<int> Starts(string name) => name.Length == 0
        ? throw new UnknownNameException("ResourceNotFound", "", "The object names no resource: its id and ARN are empty.")
        : Graph.Find(name) is { Count: > 0 } nodes
        ? nodes
        : throw new UnknownNameException("ResourceNotFound", name, $"There is no resource '{name}' in the lake '{OpenLake().Path}', by ARN, id or name, nor does one lead to it. Get-PostureResource finds resources by a part of their name.");

    /// <summary>The names of the resources that are asked about: the ARN, where the pipeline's object has one, since ids may be those of several.</summary>
    private protected static string? ArnOf(object? input) =>
        input is PSObject wrapped && wrapped.Properties["ResourceArn"]?.Value is string { Length: > 0 } arn && arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : null;

    /// <summary>Whether an object of the pipeline was refused.</summary>
    private protected bool IsRefused { get; private set; }

    /// <summary>Refuses an object that names no resource, of which nothing could be said.</summary>
    private protected void RefuseNameless(object? input, string alsoTaken)
    {
        if (input is not null && ResourceId?.Any(name => name.Length > 0) != true)
        {
            IsRefused = true;
            var kind = PipelineItem.Of(input)?.Kind?.Name ?? "row";
            throw new UnknownNameException("InputNotTaken", kind, $"{MyInvocation.MyCommand.Name} takes what names a resource, such as a resource, a finding or an exposure{alsoTaken}. This {kind} names none.");
        }
    }

    /// <summary>All nodes that some names mean.</summary>
    private protected IReadOnlyCollection<int> Starts(IEnumerable<string> names) => [.. names.SelectMany(Starts).Distinct()];
}
