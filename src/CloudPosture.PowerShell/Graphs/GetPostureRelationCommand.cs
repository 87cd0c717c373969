using System;
using System.Collections.Generic;
using System.Management.Automation;
using CloudPosture.Graph;
using CloudPosture.PowerShell.Filtering;

namespace CloudPosture.PowerShell.Graphs;

/// <summary>Gets what leads to what.</summary>
[Cmdlet(VerbsCommon.Get, "PostureRelation")]
[OutputType(typeof(PostureRelation))]
public sealed class GetPostureRelationCommand : GraphCmdlet
{
    /// <summary>Which way edges are followed.</summary>
    [Parameter]
    [Choice(typeof(GraphDirection))]
    public GraphDirection Direction { get; set; }

    /// <summary>What another cmdlet of the module gave: a resource, a finding, a relation, an exposure.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void OnRecord()
    {
        RefuseNameless(InputObject, "");
        var names = ArnOf(InputObject) is { } arn && Graph.Find(arn).Count > 0 ? [arn] : ResourceId;
        if (names is null)
        {
            throw new ArgumentException("Name a resource by -ResourceId, or pipe one here: Get-PostureResource AWS::EC2::Instance | Get-PostureRelation.");
        }

        var starts = Starts(names);
        var seen = new HashSet<int>(starts);
        foreach (var step in Graph.Walk(starts, Depth, Direction))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(new PostureRelation(Graph.Node(step.Edge.From), step, Graph.Node(step.Edge.To), isBackward: !seen.Contains(step.Edge.From)));
            seen.Add(step.Edge.From);
            seen.Add(step.Edge.To);
        }
    }
}
