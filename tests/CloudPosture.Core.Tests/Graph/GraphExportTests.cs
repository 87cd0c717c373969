using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using CloudPosture.Graph;
using CloudPosture.Graph.Export;

namespace CloudPosture.Tests.Graph;

public sealed class GraphExportTests
{
    private const string Hostile = "=a\"],;b\\\n<script>\u001b[31m";

    [Fact]
    public void GraphML_holds_every_node_and_edge()
    {
        var graph = Graph();
        var xml = XDocument.Parse(Write(graph, GraphFormat.GraphML));
        XNamespace ns = "http://graphml.graphdrawing.org/xmlns";

        Assert.Equal((graph.NodeCount, graph.EdgeCount), (xml.Descendants(ns + "node").Count(), xml.Descendants(ns + "edge").Count()));
        var nodes = xml.Descendants(ns + "node").Select(node => node.Attribute("id")!.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(xml.Descendants(ns + "edge"), edge => Assert.True(nodes.Contains(edge.Attribute("source")!.Value) && nodes.Contains(edge.Attribute("target")!.Value)));
    }

    [Fact]
    public void A_program_of_others_reads_GraphML()
    {
        if (!ExternalTool.IsHere("python3"))
        {
            return;
        }

        const string Count = """
            import sys
            try:
                import networkx
            except ImportError:
                print("skipped: python3 has no networkx"); sys.exit()
            graph = networkx.read_graphml("graph.graphml")
            print(f"{graph.number_of_nodes()} {graph.number_of_edges()} {sorted(data['relation'] for _, _, data in graph.edges(data=True))}")
            """;
        var folder = Directory.CreateTempSubdirectory("cloudposture-graph-").FullName;
        File.WriteAllText(Path.Combine(folder, "graph.graphml"), Write(Graph(), GraphFormat.GraphML));
        var (exitCode, output) = ExternalTool.Run(folder, "python3", ["-c", Count]);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(0, exitCode);
        Assert.True(output.StartsWith("skipped", StringComparison.Ordinal) || output.StartsWith("3 2 ['inSubnet', 'inVpc']", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData(GraphFormat.Mermaid)]
    [InlineData(GraphFormat.Dot)]
    public void A_name_ends_no_label_and_no_line(GraphFormat format)
    {
        var graph = Graph();
        var lines = Write(graph, format).TrimEnd().Split('\n');

        Assert.Equal(graph.NodeCount + graph.EdgeCount + (format == GraphFormat.Mermaid ? 2 : 3), lines.Length);
        Assert.All(lines, line => Assert.DoesNotContain('\u001b', line));
        Assert.DoesNotContain(lines, line => line.Contains("<script>", StringComparison.Ordinal) && format == GraphFormat.Mermaid);
    }

    [Theory]
    [InlineData(GraphFormat.Neo4jCsv, ":ID,:LABEL", ":START_ID,:END_ID,:TYPE")]
    [InlineData(GraphFormat.NeptuneCsv, "~id,~label", "~id,~from,~to,~label")]
    public void CSV_of_edges_names_nodes_of_the_other_file(GraphFormat format, string nodeHeader, string edgeHeader)
    {
        var graph = Build();
        var nodes = Write(graph, format, "nodes.csv").TrimEnd().Split('\n');
        var edges = Write(graph, format, "edges.csv").TrimEnd().Split('\n');

        Assert.StartsWith(nodeHeader, nodes[0], StringComparison.Ordinal);
        Assert.Equal(edgeHeader, edges[0]);
        var ids = nodes.Skip(1).Select(line => line.Split(',')[0]).ToHashSet(StringComparer.Ordinal);
        var ends = format == GraphFormat.Neo4jCsv ? (From: 0, To: 1) : (From: 1, To: 2);
        Assert.Equal((graph.NodeCount, graph.EdgeCount), (ids.Count, edges.Length - 1));
        Assert.All(edges.Skip(1).Select(line => line.Split(',')), line => Assert.True(ids.Contains(line[ends.From]) && ids.Contains(line[ends.To])));
    }

    [Fact]
    public void A_name_is_no_formula_of_a_spreadsheet() =>
        Assert.Contains("\"'=a\"\"],;b", Write(Graph(), GraphFormat.Neo4jCsv, "nodes.csv"), StringComparison.Ordinal);

    [Theory]
    [InlineData(GraphFormat.GraphML)]
    [InlineData(GraphFormat.Mermaid)]
    [InlineData(GraphFormat.Dot)]
    [InlineData(GraphFormat.Neo4jCsv)]
    [InlineData(GraphFormat.NeptuneCsv)]
    public void A_name_keeps_its_letters_and_turns_no_text_around(GraphFormat format)
    {
        var written = Write(Named("𐐀 é 日 🎉 \u202Etxt.exe"), format, "nodes.csv");

        Assert.Contains("𐐀 é 日 🎉 ", written, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', written);
        Assert.DoesNotContain("#8238;", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("x;=1+1", "x;'=1+1")]
    [InlineData("two\nlines", "two\uFFFDlines")]
    [InlineData("##vso[task.complete]", "## vso[task.complete]")]
    public void A_name_in_CSV_is_one_line_that_nothing_runs(string name, string written) =>
        Assert.All([GraphFormat.Neo4jCsv, GraphFormat.NeptuneCsv], format =>
            Assert.Contains($",{written},", Write(Named(name), format, "nodes.csv"), StringComparison.Ordinal));

    [Fact]
    public void Graphviz_reads_no_entity() =>
        Assert.Contains("\\na&amp;lt;b\"", Write(Named("a&lt;b"), GraphFormat.Dot), StringComparison.Ordinal);

    [Fact]
    public void A_part_holds_what_is_near_alone()
    {
        var graph = Build();

        var part = GraphPart.Around(graph, graph.Find("i-1"), 1, GraphDirection.Out);

        Assert.Equal(["i-1", "subnet-1"], part.Nodes.Select(node => graph.Node(node).ResourceId));
    }

    private static PostureGraph Build() => PostureGraphTests.Build(
        PostureGraphTests.Thing("AWS::EC2::Instance", "i-1", """{"SubnetId":"subnet-1"}"""),
        PostureGraphTests.Thing("AWS::EC2::Subnet", "subnet-1", """{"VpcId":"vpc-1"}"""));

    private static PostureGraph Named(string name) => PostureGraphTests.Build(PostureGraphTests.Thing("AWS::EC2::Subnet", "subnet-1", "{}") with { Name = name });

    private static PostureGraph Graph() => PostureGraphTests.Build(
        PostureGraphTests.Thing("AWS::EC2::Instance", "i-1", """{"SubnetId":"subnet-1"}""") with { Name = Hostile },
        PostureGraphTests.Thing("AWS::EC2::Subnet", "subnet-1", """{"VpcId":"vpc-1"}"""));

    private static string Write(PostureGraph graph, GraphFormat format, string file = "")
    {
        using var writer = new StringWriter();
        GraphExport.Write(GraphPart.Whole(graph), format, file, writer);
        return writer.ToString();
    }
}
