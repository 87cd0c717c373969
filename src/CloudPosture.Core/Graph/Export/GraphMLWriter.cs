using System.Globalization;
using System.IO;
using System.Xml;
using CloudPosture.Text;

namespace CloudPosture.Graph.Export;

/// <summary>Writes GraphML.</summary>
internal static class GraphMLWriter
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";
    private static readonly string[] NodeKeys = ["type", "resourceId", "name", "arn", "account", "region"];

    public static void Write(GraphPart part, TextWriter writer)
    {
        // Text of .NET would be declared as UTF-16, whatever it is saved as; without a declaration XML is UTF-8.
        using var xml = XmlWriter.Create(writer, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = false, CloseOutput = false, NewLineChars = "\n" });
        xml.WriteStartElement("graphml", Namespace);
        foreach (var key in NodeKeys)
        {
            WriteKey(xml, key, "node", "string");
        }

        WriteKey(xml, "outside", "node", "boolean");
        WriteKey(xml, "relation", "edge", "string");
        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("edgedefault", "directed");
        foreach (var number in part.Nodes)
        {
            WriteNode(xml, number, part.Graph.Node(number));
        }

        var at = 0;
        foreach (var edge in part.Edges)
        {
            xml.WriteStartElement("edge", Namespace);
            xml.WriteAttributeString("id", "e" + at++.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("source", Name(edge.From));
            xml.WriteAttributeString("target", Name(edge.To));
            WriteData(xml, "relation", edge.Relation);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteNode(XmlWriter xml, int number, GraphNode node)
    {
        xml.WriteStartElement("node", Namespace);
        xml.WriteAttributeString("id", Name(number));
        WriteData(xml, "type", node.ResourceType);
        WriteData(xml, "resourceId", node.ResourceId);
        WriteData(xml, "name", node.ResourceName);
        WriteData(xml, "arn", node.ResourceArn ?? "");
        WriteData(xml, "account", node.AccountId);
        WriteData(xml, "region", node.Region);
        WriteData(xml, "outside", node.IsOutside ? "true" : "false");
        xml.WriteEndElement();
    }

    private static void WriteKey(XmlWriter xml, string name, string owner, string type)
    {
        xml.WriteStartElement("key", Namespace);
        xml.WriteAttributeString("id", name);
        xml.WriteAttributeString("for", owner);
        xml.WriteAttributeString("attr.name", name);
        xml.WriteAttributeString("attr.type", type);
        xml.WriteEndElement();
    }

    private static void WriteData(XmlWriter xml, string key, string value)
    {
        xml.WriteStartElement("data", Namespace);
        xml.WriteAttributeString("key", key);
        xml.WriteString(HostileText.OneLine(value));
        xml.WriteEndElement();
    }

    private static string Name(int node) => "n" + node.ToString(CultureInfo.InvariantCulture);
}
