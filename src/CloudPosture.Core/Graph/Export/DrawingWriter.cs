using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CloudPosture.Text;

namespace CloudPosture.Graph.Export;

/// <summary>Writes graphs for programs that draw them. Names come from AWS and may hold anything: none of it may end a label.</summary>
internal static class DrawingWriter
{
    private const string Plain = " -_./:@,()";

    public static void WriteMermaid(GraphPart part, TextWriter writer)
    {
        writer.WriteLine("graph LR");
        foreach (var number in part.Nodes)
        {
            var node = part.Graph.Node(number);
            writer.WriteLine($"  n{number}[\"{Entities(TypeOf(node))}<br/>{Entities(node.ResourceName)}\"]{(node.IsOutside ? ":::outside" : "")}");
        }

        foreach (var edge in part.Edges)
        {
            writer.WriteLine($"  n{edge.From} -- {edge.Relation} --> n{edge.To}");
        }

        writer.WriteLine("  classDef outside stroke-dasharray: 4");
    }

    public static void WriteDot(GraphPart part, TextWriter writer)
    {
        writer.WriteLine("digraph posture {");
        writer.WriteLine("  rankdir=LR; node [shape=box];");
        foreach (var number in part.Nodes)
        {
            var node = part.Graph.Node(number);
            writer.WriteLine($"  n{number} [label=\"{Escaped(TypeOf(node))}\\n{Escaped(node.ResourceName)}\"{(node.IsOutside ? " style=dashed" : "")}];");
        }

        foreach (var edge in part.Edges)
        {
            writer.WriteLine($"  n{edge.From} -> n{edge.To} [label=\"{edge.Relation}\"];");
        }

        writer.WriteLine("}");
    }

    private static string TypeOf(GraphNode node) => node.ResourceType.Replace("AWS::", "").Replace("::", " ");

    private static string Entities(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var character in HostileText.OneLine(text))
        {
            // What is beyond ASCII means nothing to Mermaid, and an entity of half a pair would be no character.
            if (character > '~' || char.IsLetterOrDigit(character) || Plain.Contains(character))
            {
                safe.Append(character);
            }
            else
            {
                safe.Append('#').Append(((int)character).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return safe.ToString();
    }

    private static string Escaped(string text) => string.Concat(HostileText.OneLine(text).Select(character => character switch
    {
        // Graphviz reads entities of HTML in every label.
        '&' => "&amp;",
        '"' or '\\' => "\\" + character,
        _ => character.ToString(),
    }));
}
