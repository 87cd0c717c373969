using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Reads XML bodies of REST requests; namespaces are not looked at.</summary>
internal static class XmlInput
{
    public static XElement Parse(byte[] body)
    {
        try
        {
            return XElement.Load(new MemoryStream(body));
        }
        catch (XmlException)
        {
            throw new AwsError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    public static JsonNode? Read(Shape shape, XElement element) => shape.Kind switch
    {
        ShapeKind.Structure => ReadStructure(shape, element),
        ShapeKind.List => ReadItems(shape, element.Elements()),
        _ => Scalars.Read(shape, element.Value),
    };

    private static JsonObject ReadStructure(Shape shape, XElement element)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members)
        {
            var children = element.Elements().Where(child => child.Name.LocalName == member.WireName).ToList();
            if (children.Count > 0)
            {
                result[member.Name] = member.Flattened || member.Shape.Flattened
                    ? ReadItems(member.Shape, children)
                    : Read(member.Shape, children[0]);
            }
        }

        return result;
    }

    private static JsonArray ReadItems(Shape list, IEnumerable<XElement> elements) =>
        new([.. elements.Select(element => Read(list.Element!.Shape, element))]);
}
