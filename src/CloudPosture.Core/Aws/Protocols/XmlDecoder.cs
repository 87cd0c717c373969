using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Xml;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes the members of XML bodies in one pass over the reader.</summary>
internal sealed class XmlDecoder(XmlReader reader, Utf8JsonWriter writer)
{
    /// <summary>How deep elements may lie in each other: models refer to themselves, and no answer of AWS goes nearly as deep.</summary>
    private const int Deepest = 64;

    private Utf8JsonWriter _writer = writer;

    /// <summary>Writes the members of the element the reader is on, and moves past it.</summary>
    /// <param name="shape">The structure.</param>
    /// <param name="isAtTop">True for the answer's own members, each of which must hold something of what its model says.</param>
    /// <returns>How many elements in it are members, and how many are not.</returns>
    public (int Known, int Unknown) Members(Shape shape, bool isAtTop = false)
    {
        var (known, unknown) = (Attributes(shape), 0);
        Dictionary<ShapeMember, Aside>? asides = null;
        var seen = new MembersSeen(shape);
        for (var more = EnterElement(out var depth); more; more = NextChild(depth))
        {
            var member = shape.XmlMember(reader.LocalName);
            if (member is null)
            {
                unknown++;
                reader.Skip();
                continue;
            }

            known++;
            if (member.IsFlattened)
            {
                Collect(member, asides ??= [], isAtTop);
                continue;
            }

            seen.Add(member);
            Member(member, isAtTop);
        }

        if (asides is not null)
        {
            WriteAsides(asides);
        }

        return (known, unknown);
    }

    private int Attributes(Shape shape)
    {
        var found = 0;
        foreach (var member in shape.Members)
        {
            if (member.XmlAttribute && reader.GetAttribute(member.WireName) is { } text)
            {
                _writer.WritePropertyName(member.JsonName);
                ScalarText.Write(member, WholeText.Of(text), _writer);
                found++;
            }
        }

        return found;
    }

    private void Member(ShapeMember member, bool isAtTop)
    {
        if (!IsScalar(member.Shape.Kind))
        {
            _writer.WritePropertyName(member.JsonName);
            Element(member, isAtTop);
            return;
        }

        var text = Text();
        if (text.Length > 0 || member.Shape.Kind is ShapeKind.String or ShapeKind.Blob)
        {
            _writer.WritePropertyName(member.JsonName);
            ScalarText.Write(member, text, _writer);
        }
    }

    /// <summary>Writes the value of the element the reader is on and moves past it.</summary>
    private void Element(ShapeMember member, bool isAtTop = false)
    {
        var shape = member.Shape;
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                _writer.WriteStartObject();
                var found = Members(shape);
                if (isAtTop)
                {
                    HollowPart.RefuseMember(member, found);
                }

                _writer.WriteEndObject();
                break;
            case ShapeKind.List:
                _writer.WriteStartArray();
                for (var more = EnterElement(out var depth); more; more = NextChild(depth))
                {
                    Item(member, isAtTop);
                }

                _writer.WriteEndArray();
                break;
            case ShapeKind.Map:
                _writer.WriteStartObject();
                var keys = new HashSet<string>(StringComparer.Ordinal);
                for (var more = EnterElement(out var depth); more; more = NextChild(depth))
                {
                    Entry(shape, keys);
                }

                _writer.WriteEndObject();
                break;
            default:
                ScalarText.Write(member, Text(), _writer);
                break;
        }
    }

    /// <summary>An item of a list; of one of the answer's own lists it must hold something.</summary>
    private void Item(ShapeMember list, bool isAtTop)
    {
        var element = list.Shape.Element!;
        if (element.Shape.Kind != ShapeKind.Structure)
        {
            Element(element);
            return;
        }

        _writer.WriteStartObject();
        var found = Members(element.Shape);
        if (isAtTop)
        {
            HollowPart.RefuseItem(list, found);
        }

        _writer.WriteEndObject();
    }

    /// <summary>A map's entry: an element with a key and a value.</summary>
    /// <param name="map">The map.</param>
    /// <param name="keys">The keys so far.</param>
    private void Entry(Shape map, HashSet<string> keys)
    {
        var key = map.Key!.LocationName ?? "key";
        var (hasKey, hasValue) = (false, false);
        for (var more = EnterElement(out var depth); more; more = NextChild(depth))
        {
            if (!hasKey && reader.LocalName == key)
            {
                var name = Text();
                _writer.WritePropertyName(keys.Add(name) ? name : throw new FormatException("A map's key comes twice"));
                hasKey = true;
            }
            else if (hasKey && !hasValue && reader.LocalName == (map.Element!.LocationName ?? "value"))
            {
                Element(map.Element);
                hasValue = true;
            }
            else
            {
                throw new FormatException($"A map's entry holds {reader.LocalName} where {(hasKey ? "its one value" : key)} was expected");
            }
        }

        if (!hasValue)
        {
            throw new FormatException("A map's entry lacks its key or its value");
        }
    }

    /// <summary>A flattened list's items stand among other members, so they are gathered aside until the structure ends.</summary>
    private void Collect(ShapeMember member, Dictionary<ShapeMember, Aside> asides, bool isAtTop)
    {
        if (!asides.TryGetValue(member, out var aside))
        {
            asides.Add(member, aside = new Aside(_writer.Options, member.Shape.Kind));
        }

        var outer = _writer;
        _writer = aside.Writer;
        if (member.Shape.Kind == ShapeKind.Map)
        {
            Entry(member.Shape, aside.Keys);
        }
        else
        {
            Item(member, isAtTop);
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
        if (depth > Deepest)
        {
            throw new FormatException($"The answer's elements lie more than {Deepest} deep in each other");
        }

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
        StringBuilder? pieces = null;
        var depth = reader.Depth;
        reader.Read();
        while (reader.Depth > depth)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    if (text.Length == 0)
                    {
                        text = reader.Value;
                    }
                    else
                    {
                        (pieces ??= new StringBuilder(text)).Append(reader.Value);
                    }

                    reader.Read();
                    break;
                default:
                    throw new FormatException($"Text was expected, not {reader.NodeType} '{reader.LocalName}'.");
            }
        }

        reader.Read();
        return WholeText.Of(pieces?.ToString() ?? text);
    }

    private static bool IsScalar(ShapeKind kind) => kind is not (ShapeKind.Structure or ShapeKind.List or ShapeKind.Map or ShapeKind.Document);
}
