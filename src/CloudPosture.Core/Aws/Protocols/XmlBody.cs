using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes the XML bodies of REST-XML requests.</summary>
internal sealed class XmlBody
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false, OmitXmlDeclaration = true };

    private readonly XmlWriter _writer;

    private XmlBody(XmlWriter writer) => _writer = writer;

    public static byte[] Write(string root, string? xmlNamespace, IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, Settings))
        {
            writer.WriteStartElement(root, xmlNamespace);
            new XmlBody(writer).Members(members);
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private void Members(IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        // Attributes must be written before the first child element.
        var children = new List<KeyValuePair<ShapeMember, JsonElement>>();
        foreach (var entry in members)
        {
            if (entry.Key.XmlAttribute)
            {
                Attribute(entry.Key, entry.Value);
            }
            else
            {
                children.Add(entry);
            }
        }

        foreach (var child in children)
        {
            Value(child.Key.WireName, child.Key, child.Value);
        }
    }

    private void Attribute(ShapeMember member, JsonElement value)
    {
        var name = member.WireName.Split(':');
        var text = Input.Text(member, value, Timestamps.Iso);
        if (name.Length == 2)
        {
            _writer.WriteAttributeString(name[0], name[1], "http://www.w3.org/2001/XMLSchema-instance", text);
        }
        else
        {
            _writer.WriteAttributeString(name[0], text);
        }
    }

    private void Value(string name, ShapeMember member, JsonElement value)
    {
        var shape = member.Shape;
        if (shape.Kind is (ShapeKind.List or ShapeKind.Map) && member.IsFlattened)
        {
            Items(name, member, value);
            return;
        }

        // No namespace given: the element keeps its parent's.
        _writer.WriteStartElement(name, null);
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                Members(Input.Members(shape, value));
                break;
            case ShapeKind.List:
                Items(shape.Element!.LocationName ?? "member", member, value);
                break;
            case ShapeKind.Map:
                Items("entry", member, value);
                break;
            default:
                _writer.WriteString(Input.Text(member, value, Timestamps.Iso));
                break;
        }

        _writer.WriteEndElement();
    }

    private void Items(string name, ShapeMember member, JsonElement value)
    {
        var shape = member.Shape;
        if (shape.Kind == ShapeKind.List)
        {
            foreach (var item in Input.List(member, value))
            {
                Value(shape.Element!.LocationName ?? name, shape.Element, item);
            }

            return;
        }

        foreach (var entry in Input.Map(member, value))
        {
            _writer.WriteStartElement(name);
            _writer.WriteElementString(shape.Key!.LocationName ?? "key", entry.Name);
            Value(shape.Element!.LocationName ?? "value", shape.Element, entry.Value);
            _writer.WriteEndElement();
        }
    }
}
