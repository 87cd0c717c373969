using System;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes structures as XML, for the query, EC2 and REST-XML protocols.</summary>
internal sealed class XmlBody : IDisposable
{
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    private readonly MemoryStream _stream = new();
    private readonly bool _isEc2;
    private readonly bool _isIam;

    public XmlBody(ServiceModel service)
    {
        _isEc2 = service.Protocol == AwsProtocol.Ec2;
        _isIam = service.Name == "iam";
        Writer = XmlWriter.Create(_stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        Writer.WriteStartDocument();
    }

    public XmlWriter Writer { get; }

    public byte[] ToArray()
    {
        Writer.Flush();
        return _stream.ToArray();
    }

    public void Dispose()
    {
        Writer.Dispose();
        _stream.Dispose();
    }

    public void WriteMembers(Shape shape, JsonObject value)
    {
        foreach (var member in shape.Members)
        {
            if (member.Location == MemberLocation.Body && !member.XmlAttribute
                && value.TryGetPropertyValue(member.Name, out var child) && child is not null)
            {
                WriteMember(member, child);
            }
        }
    }

    private void WriteMember(ShapeMember member, JsonNode value)
    {
        var isFlat = member.Flattened || member.Shape.Flattened;
        switch (member.Shape.Kind)
        {
            case ShapeKind.List when isFlat:
                WriteItems(member.Shape, value.AsArray(), member.Shape.Element!.LocationName ?? member.WireName);
                break;
            case ShapeKind.Map when isFlat:
                WriteEntries(member.Shape, value.AsObject(), member.WireName);
                break;
            default:
                WriteElement(member.WireName, member, value);
                break;
        }
    }

    private void WriteElement(string name, ShapeMember member, JsonNode value)
    {
        var shape = member.Shape;
        Writer.WriteStartElement(name);
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                WriteAttributes(shape, value.AsObject());
                WriteMembers(shape, value.AsObject());
                break;
            case ShapeKind.List:
                WriteItems(shape, value.AsArray(), shape.Element!.LocationName ?? (_isEc2 ? "item" : "member"));
                break;
            case ShapeKind.Map:
                WriteEntries(shape, value.AsObject(), "entry");
                break;
            default:
                Writer.WriteString(Text(member, value));
                break;
        }

        Writer.WriteEndElement();
    }

    private void WriteAttributes(Shape shape, JsonObject value)
    {
        foreach (var member in shape.Members)
        {
            if (member.XmlAttribute && value[member.Name] is { } attribute)
            {
                var colon = member.WireName.IndexOf(':', StringComparison.Ordinal);
                Writer.WriteAttributeString("xsi", member.WireName[(colon + 1)..], SchemaInstance, Scalars.Text(attribute));
            }
        }
    }

    private void WriteItems(Shape list, JsonArray items, string name)
    {
        foreach (var item in items)
        {
            WriteElement(name, list.Element!, item!);
        }
    }

    private void WriteEntries(Shape map, JsonObject entries, string name)
    {
        foreach (var (key, value) in entries)
        {
            Writer.WriteStartElement(name);
            Writer.WriteElementString(map.Key!.LocationName ?? "key", key);
            WriteElement(map.Element!.LocationName ?? "value", map.Element!, value!);
            Writer.WriteEndElement();
        }
    }

    private string Text(ShapeMember member, JsonNode value)
    {
        if (member.Shape.Kind == ShapeKind.Timestamp)
        {
            return WireTime.Format(member, member.Shape, "iso8601") switch
            {
                "unixTimestamp" => WireTime.Epoch(value).ToString(System.Globalization.CultureInfo.InvariantCulture),
                "rfc822" => WireTime.Rfc822(value),
                _ => WireTime.Iso(value, milliseconds: _isEc2),
            };
        }

        // Decided by IAM's documentation, not by the model's flag, so that the two check each other.
        return _isIam && member.Name is "PolicyDocument" or "AssumeRolePolicyDocument" or "Document"
            ? Uri.EscapeDataString(Scalars.Text(value))
            : Scalars.Text(value);
    }
}
