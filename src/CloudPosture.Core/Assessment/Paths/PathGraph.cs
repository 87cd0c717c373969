using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph;
using CloudPosture.Graph.Relations;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>Makes a graph of paths, so that they can be drawn: what stands on them as nodes, their steps as edges.</summary>
public static class PathGraph
{
    private const string Network = "Network";

    /// <summary>The graph of some paths; what several share is in it once.</summary>
    /// <param name="paths">The paths.</param>
    public static PostureGraph Of(IEnumerable<PosturePath> paths)
    {
        var all = paths.ToList();
        var types = all.SelectMany(path => new[] { (Arn: path.ResourceArn, Type: path.ResourceType), (Arn: path.GoalArn, Type: path.GoalType) })
            .GroupBy(pair => pair.Arn, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Type, StringComparer.Ordinal);
        var (nodes, names) = (new NodeTable(), new NumberedTexts());
        var numbers = new Dictionary<(string Arn, string Label), int>();
        var edges = new SortedSet<(int From, int To, string Method)>();
        foreach (var step in all.SelectMany(path => path.Steps))
        {
            edges.Add((Node(step.FromArn, step.From), Node(step.ToArn, step.To), step.Method));
        }

        var (starts, outgoing, at) = (new int[nodes.Count + 1], new Pages<EdgeEntry>(), 0);
        foreach (var (from, to, method) in edges)
        {
            while (at <= from)
            {
                starts[at++] = outgoing.Count;
            }

            outgoing.Add(new EdgeEntry { Other = to, Relation = names.Add(method) });
        }

        while (at <= nodes.Count)
        {
            starts[at++] = outgoing.Count;
        }

        return new PostureGraph(nodes, names, starts, outgoing);

        int Node(string arn, string label)
        {
            if (!numbers.TryGetValue((arn, label), out var number))
            {
                var isNetwork = arn.Length == 0;
                numbers[(arn, label)] = number = nodes.Add(new GraphNode
                {
                    ResourceType = isNetwork ? Network : types.TryGetValue(arn, out var known) ? known : TypeOf(arn),
                    ResourceId = label,
                    ResourceArn = null,
                    ResourceName = label,
                    AccountId = isNetwork ? "" : AccountOf(arn),
                    Region = ResourceRegion.Global,
                    IsOutside = isNetwork,
                });
            }

            return number;
        }
    }

    private static string AccountOf(string arn) => Policies.Patterns.Arn.AccountOf(arn) ?? "";

    private static string TypeOf(string arn) =>
        arn.Contains(":role/") ? "AWS::IAM::Role" : arn.Contains(":user/") ? "AWS::IAM::User" : arn.EndsWith(":root", StringComparison.Ordinal) ? PathLine.Administrator : "Principal";
}
