using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes XML bodies in one pass over the reader.</summary>
internal sealed class XmlDecoder(XmlReader reader, Utf8JsonWriter writer)
{
    private Utf8JsonWriter _writer = writer;

    /// <summary>No entities, no external documents. Control characters pass: names and tags may hold them.</summary>
    public static XmlReaderSettings Settings { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    public void Write(OperationModel operation, ShapeMember? payload)
    {
        reader.MoveToContent();
        if (reader.NodeType != XmlNodeType.Element)
        {
            throw new FormatException("The answer is empty.");
        }

        switch (operation.Service.Protocol)
        {
            case AwsProtocol.Query:
                WriteQuery(operation);
                break;
            case AwsProtocol.Ec2:
                Expect(operation.Name + "Response");
                Members(operation.Output);
                break;
            case AwsProtocol.RestXml when operation.Name == "GetBucketLocation":
                WriteLocation(operation.Output.Members[0]);
                break;
            default:
                WriteRest(operation, payload);
                break;
        }

        // The rest must be well-formed too: a torn answer must not pass for a short one.
        while (reader.Read())
        {
        }
    }

    private void WriteQuery(OperationModel operation)
    {
        Expect(operation.Name + "Response");
        if (operation.ResultWrapper is not { } wrapper)
        {
            return;
        }

        if (!ReadTo(wrapper))
        {
            throw new FormatException($"The answer has no element {wrapper}.");
        }

        Members(operation.Output);
    }

    private bool ReadTo(string name)
    {
        while (reader.NodeType != XmlNodeType.Element || reader.LocalName != name)
        {
            if (!reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    private void WriteRest(OperationModel operation, ShapeMember? payload)
    {
        if (reader.LocalName == "html")
        {
            throw new FormatException("The answer is a web page.");
        }

        if (payload is null)
        {
            Members(operation.Output);
        }
        else
        {
            Value(payload);
        }
    }

    /// <summary>The whole answer is the location's element; us-east-1 has an empty one, which AWS's own tools show as null.</summary>
    private void WriteLocation(ShapeMember location)
    {
        Expect("LocationConstraint");
        _writer.WritePropertyName(location.JsonName);
        var text = reader.ReadElementContentAsString();
        _writer.WriteStringValue(text.Length == 0 ? null : text);
    }

    private void Members(Shape shape)
    {
        Attributes(shape);
        Dictionary<ShapeMember, Aside>? asides = null;
        for (var more = EnterElement(out var depth); more; more = NextChild(depth))
        {
            var member = shape.XmlMember(reader.LocalName);
            if (member is null)
            {
                reader.Skip();
            }
            else if (member.IsFlattened)
            {
                Collect(member, asides ??= []);
            }
            else
            {
                Member(member);
            }
        }

        if (asides is not null)
        {
            WriteAsides(asides);
        }
    }

    private void Attributes(Shape shape)
    {
        foreach (var member in shape.Members)
        {
            if (member.XmlAttribute && reader.GetAttribute(member.WireName) is { } text)
            {
                _writer.WritePropertyName(member.JsonName);
                ScalarText.Write(member, text, _writer);
            }
        }
    }

    private void Member(ShapeMember member)
    {
        if (!IsScalar(member.Shape.Kind))
        {
            Value(member);
            return;
        }

        var text = Text();
        if (text.Length > 0 || member.Shape.Kind is ShapeKind.String or ShapeKind.Blob)
        {
            _writer.WritePropertyName(member.JsonName);
            ScalarText.Write(member, text, _writer);
        }
    }

    private void Value(ShapeMember member)
    {
        _writer.WritePropertyName(member.JsonName);
        Element(member);
    }

    /// <summary>Writes the value of the element the reader is on and moves past it.</summary>
    private void Element(ShapeMember member)
    {
        var shape = member.Shape;
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                _writer.WriteStartObject();
                Members(shape);
                _writer.WriteEndObject();
                break;
            case ShapeKind.List:
                _writer.WriteStartArray();
                for (var more = EnterElement(out var depth); more; more = NextChild(depth))
                {
                    Element(shape.Element!);
                }

                _writer.WriteEndArray();
                break;
            case ShapeKind.Map:
                _writer.WriteStartObject();
                for (var more = EnterElement(out var depth); more; more = NextChild(depth))
                {
                    Entry(shape);
                }

                _writer.WriteEndObject();
                break;
            default:
                ScalarText.Write(member, Text(), _writer);
                break;
        }
    }

    /// <summary>A map's entry: an element with a key and a value.</summary>
    private void Entry(Shape map)
    {
        var key = map.Key!.LocationName ?? "key";
        var hasKey = false;
        for (var more = EnterElement(out var depth); more; more = NextChild(depth))
        {
            if (!hasKey && reader.LocalName == key)
            {
                _writer.WritePropertyName(Text());
                hasKey = true;
            }
            else if (hasKey && reader.LocalName == (map.Element!.LocationName ?? "value"))
            {
                Element(map.Element);
            }
            else
            {
                throw new FormatException($"A map's entry begins with {reader.LocalName} instead of {key}.");
            }
        }
    }

    /// <summary>A flattened list's items stand among other members, so they are gathered aside until the structure ends.</summary>
    private void Collect(ShapeMember member, Dictionary<ShapeMember, Aside> asides)
    {
        if (!asides.TryGetValue(member, out var aside))
        {
            asides.Add(member, aside = new Aside(_writer.Options, member.Shape.Kind));
        }

        var outer = _writer;
        _writer = aside.Writer;
        if (member.Shape.Kind == ShapeKind.Map)
        {
            Entry(member.Shape);
        }
        else
        {
            Element(member.Shape.Element!);
        }

        _writer = outer;
    }

    private void WriteAsides(Dictionary<ShapeMember, Aside> asides)
    {
        foreach (var entry in asides)
        {
            using var aside = entry.Value;
            _writer.WritePropertyName(entry.Key.JsonName);
            _writer.WriteRawValue(aside.Finish(), skipInputValidation: true);
        }
    }

    /// <summary>Moves to the first child element; false, and past the element, if there is none.</summary>
    private bool EnterElement(out int depth)
    {
        depth = reader.Depth;
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return false;
        }

        reader.Read();
        return NextChild(depth);
    }

    /// <summary>Moves to the next child element of the element at a depth; false, and past the element's end, if there is none.</summary>
    private bool NextChild(int depth)
    {
        while (reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                return true;
            }

            reader.Read();
        }

        reader.Read();
        return false;
    }

    /// <summary>The element's text, white space and all; the reader moves past the element.</summary>
    private string Text()
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return "";
        }

        var text = "";
        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text = text.Length == 0 ? reader.Value : text + reader.Value;
                    reader.Read();
                    break;
                default:
                    throw new FormatException($"Text was expected, not {reader.NodeType} '{reader.LocalName}'.");
            }
        }

        reader.Read();
        return text;
    }

    private void Expect(string name)
    {
        if (reader.LocalName != name)
        {
            throw new FormatException($"The answer begins with the element {reader.LocalName} instead of {name}.");
        }
    }

    private static bool IsScalar(ShapeKind kind) => kind is not (ShapeKind.Structure or ShapeKind.List or ShapeKind.Map or ShapeKind.Document);
}
