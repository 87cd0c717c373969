using System.Collections.Generic;
using System.Linq;

namespace CloudPosture.Graph.Export;

/// <summary>What of a graph is written.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Nodes">The numbers of the nodes, sorted.</param>
/// <param name="Edges">The edges between them.</param>
public sealed record GraphPart(PostureGraph Graph, IReadOnlyList<int> Nodes, IEnumerable<GraphEdge> Edges)
{
    /// <summary>A whole graph.</summary>
    /// <param name="graph">The graph.</param>
    public static GraphPart Whole(PostureGraph graph) =>
        new(graph, [.. Enumerable.Range(0, graph.NodeCount)], Enumerable.Range(0, graph.NodeCount).SelectMany(graph.Out));

    /// <summary>What is within some edges of some nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="starts">The nodes' numbers.</param>
    /// <param name="depth">How many edges away.</param>
    /// <param name="direction">Which way edges are followed.</param>
    public static GraphPart Around(PostureGraph graph, IReadOnlyCollection<int> starts, int depth, GraphDirection direction)
    {
        var edges = graph.Walk(starts, depth, direction).Select(step => step.Edge).ToList();
        return new(graph, [.. edges.SelectMany(edge => new[] { edge.From, edge.To }).Concat(starts).Distinct().OrderBy(node => node)], edges);
    }
}
