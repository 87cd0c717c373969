using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Content.Catalog;
using CloudPosture.Graph.Relations;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Graph;

/// <summary>
/// What leads to what in some accounts: resources as nodes, the relations that their configurations hold as edges, joined between
/// accounts by ARN. It holds numbers and each text once, so that a million resources fit in memory.
/// </summary>
public sealed class PostureGraph
{
    private readonly NodeTable _nodes;
    private readonly NumberedTexts _names;
    private readonly int[] _starts;
    private readonly Pages<EdgeEntry> _outgoing;
    private readonly Lazy<(int[] Starts, EdgeEntry[] Edges)> _incoming;

    internal PostureGraph(NodeTable nodes, NumberedTexts names, int[] starts, Pages<EdgeEntry> outgoing)
    {
        (_nodes, _names, _starts, _outgoing) = (nodes, names, starts, outgoing);
        _incoming = new(Turned);
    }

    /// <summary>How many nodes there are, those outside included; they are numbered from 0.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>How many edges there are.</summary>
    public int EdgeCount => _outgoing.Count;

    /// <summary>Makes a graph in one pass over resources.</summary>
    /// <param name="resources">The resources, of as many accounts as are to be joined.</param>
    /// <param name="catalog">Which relations types have.</param>
    /// <param name="findings">What other detectors found, which the resources have as <c>hasFinding</c>; null for nothing.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The graph.</returns>
    public static PostureGraph Build(IEnumerable<Resource> resources, ServiceCatalog catalog, IEnumerable<Finding>? findings = null, CancellationToken cancellationToken = default)
    {
        var builder = new GraphBuilder(catalog.Services.SelectMany(service => service.Resources));
        foreach (var resource in resources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(resource);
        }

        foreach (var finding in findings ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (finding.Status == FindingStatus.Fail)
            {
                builder.Add(finding);
            }
        }

        return builder.Build();
    }

    /// <summary>A node.</summary>
    /// <param name="node">Its number.</param>
    public GraphNode Node(int node)
    {
        var entry = _nodes[node];
        return new GraphNode
        {
            ResourceType = _nodes.Types[entry.Type],
            ResourceId = _nodes.Texts.Get(entry.Id),
            ResourceName = _nodes.Texts.Get(entry.Name),
            ResourceArn = _nodes.ArnOf(node),
            AccountId = _nodes.Accounts[entry.Account],
            Region = _nodes.Regions[entry.Region],
            IsOutside = entry.IsOutside,
        };
    }

    /// <summary>The nodes that an ARN, an id or a name means; each of several of the same id or name.</summary>
    /// <param name="name">The ARN, id or name, in its own case.</param>
    /// <returns>Their numbers; empty where there is none.</returns>
    public IReadOnlyList<int> Find(string name)
    {
        if (name.StartsWith("arn:", StringComparison.Ordinal) && _nodes.FindArn(name) is var node and >= 0)
        {
            return [node];
        }

        var text = _nodes.Texts.Find(name);
        return text < 0 ? [] : [.. Enumerable.Range(0, NodeCount).Where(candidate => _nodes[candidate].Id == text || _nodes[candidate].Name == text)];
    }

    /// <summary>The edges from a node.</summary>
    /// <param name="node">Its number.</param>
    public IEnumerable<GraphEdge> Out(int node)
    {
        for (var i = node < _starts.Length - 1 ? _starts[node] : 0; node < _starts.Length - 1 && i < _starts[node + 1]; i++)
        {
            yield return new GraphEdge(node, _names[_outgoing[i].Relation], _outgoing[i].Other);
        }
    }

    /// <summary>The edges to a node.</summary>
    /// <param name="node">Its number.</param>
    public IEnumerable<GraphEdge> In(int node)
    {
        var (starts, edges) = _incoming.Value;
        for (var i = starts[node]; i < starts[node + 1]; i++)
        {
            yield return new GraphEdge(edges[i].Other, _names[edges[i].Relation], node);
        }
    }

    /// <summary>Follows edges from some nodes, nearest first; each edge is told once.</summary>
    /// <param name="starts">The nodes' numbers.</param>
    /// <param name="depth">How many edges away, 1 or more.</param>
    /// <param name="direction">Which way.</param>
    public IEnumerable<GraphStep> Walk(IReadOnlyCollection<int> starts, int depth, GraphDirection direction)
    {
        var seen = new HashSet<int>(starts);
        var told = new HashSet<GraphEdge>();
        var nearest = starts;
        for (var level = 1; level <= depth && nearest.Count > 0; level++)
        {
            var next = new List<int>();
            foreach (var node in nearest)
            {
                foreach (var edge in EdgesOf(node, direction).Where(told.Add))
                {
                    yield return new GraphStep(edge, level);
                    var other = edge.From == node ? edge.To : edge.From;
                    if (seen.Add(other))
                    {
                        next.Add(other);
                    }
                }
            }

            nearest = next;
        }
    }

    private IEnumerable<GraphEdge> EdgesOf(int node, GraphDirection direction) => direction switch
    {
        GraphDirection.Out => Out(node),
        GraphDirection.In => In(node),
        _ => Out(node).Concat(In(node)),
    };

    private (int[] Starts, EdgeEntry[] Edges) Turned()
    {
        var starts = new int[NodeCount + 1];
        for (var i = 0; i < _outgoing.Count; i++)
        {
            starts[_outgoing[i].Other + 1]++;
        }

        for (var node = 0; node < NodeCount; node++)
        {
            starts[node + 1] += starts[node];
        }

        var (edges, free) = (new EdgeEntry[_outgoing.Count], (int[])starts.Clone());
        for (var from = 0; from < _starts.Length - 1; from++)
        {
            for (var i = _starts[from]; i < _starts[from + 1]; i++)
            {
                edges[free[_outgoing[i].Other]++] = new EdgeEntry { Other = from, Relation = _outgoing[i].Relation };
            }
        }

        return (starts, edges);
    }
}
