using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Text;

namespace CloudPosture.Graph.Export;

/// <summary>The CSV that bulk loaders of graph databases take: one file of nodes, one of edges.</summary>
/// <param name="NodeHeader">The header of the nodes: id, type, name, resource id, ARN, account, Region, whether outside.</param>
/// <param name="EdgeHeader">The header of the edges.</param>
/// <param name="HasEdgeIds">Whether edges have ids of their own.</param>
internal sealed record CsvColumns(string NodeHeader, string EdgeHeader, bool HasEdgeIds)
{
    public static CsvColumns Neo4j { get; } = new(":ID,:LABEL,name,resourceId,arn,accountId,region,outside:boolean", ":START_ID,:END_ID,:TYPE", false);

    public static CsvColumns Neptune { get; } = new("~id,~label,name:String,resourceId:String,arn:String,accountId:String,region:String,outside:Bool", "~id,~from,~to,~label", true);

    public void Nodes(GraphPart part, TextWriter writer)
    {
        writer.WriteLine(NodeHeader);
        foreach (var number in part.Nodes)
        {
            var node = part.Graph.Node(number);
            WriteLine(
                writer,
                IdOf(node),
                node.ResourceType.Replace("::", "_"),
                node.ResourceName,
                node.ResourceId,
                node.ResourceArn ?? "",
                node.AccountId,
                node.Region,
                node.IsOutside ? "true" : "false");
        }
    }

    public void Edges(GraphPart part, TextWriter writer)
    {
        writer.WriteLine(EdgeHeader);
        var at = 0;
        foreach (var edge in part.Edges)
        {
            string[] ends = [IdOf(part.Graph.Node(edge.From)), IdOf(part.Graph.Node(edge.To)), edge.Relation];
            WriteLine(writer, HasEdgeIds ? ["e" + at++.ToString(CultureInfo.InvariantCulture), .. ends] : ends);
        }
    }

    /// <summary>An id that is the same in every export.</summary>
    private static string IdOf(GraphNode node) => string.Join("|", node.ResourceType, node.AccountId, node.Region, node.ResourceArn ?? node.ResourceId);

    private static void WriteLine(TextWriter writer, params string[] values) => writer.WriteLine(string.Join(",", values.Select(Quoted)));

    // Neither loader reads fields of several lines unless it is told to.
    private static string Quoted(string value)
    {
        var plain = HostileText.Field(value);
        return plain.IndexOfAny([',', '"']) < 0 ? plain : "\"" + plain.Replace("\"", "\"\"") + "\"";
    }
}
