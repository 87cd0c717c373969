using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudPosture.Aws.Models;
using CloudPosture.Json;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes JSON bodies.</summary>
internal static class JsonSerializerBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Structure(IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        using var buffer = new ByteBuffer(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Members(writer, members);
        }

        return buffer.Written.ToArray();
    }

    private static void Members(Utf8JsonWriter writer, IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        writer.WriteStartObject();
        foreach (var entry in members)
        {
            writer.WritePropertyName(entry.Key.WireName);
            Value(writer, entry.Key, entry.Value);
        }

        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, ShapeMember member, JsonElement value)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                Members(writer, Input.Members(member.Shape, value));
                break;
            case ShapeKind.List:
                writer.WriteStartArray();
                foreach (var item in Input.List(member, value))
                {
                    Value(writer, member.Shape.Element!, item);
                }

                writer.WriteEndArray();
                break;
            case ShapeKind.Map:
                writer.WriteStartObject();
                foreach (var entry in Input.Map(member, value))
                {
                    writer.WritePropertyName(entry.Name);
                    Value(writer, member.Shape.Element!, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case ShapeKind.Document:
                value.WriteTo(writer);
                break;
            case ShapeKind.Integer:
                writer.WriteNumberValue(Input.Integer(member, value));
                break;
            case ShapeKind.Float:
                writer.WriteNumberValue(Input.Number(member, value));
                break;
            case ShapeKind.Boolean:
                writer.WriteBooleanValue(Input.Boolean(member, value));
                break;
            case ShapeKind.Timestamp when (member.TimestampFormat ?? member.Shape.TimestampFormat ?? Timestamps.Unix) == Timestamps.Unix:
                writer.WriteNumberValue(Timestamps.UnixSeconds(Input.Time(member, value)));
                break;
            default:
                writer.WriteStringValue(Input.Text(member, value, Timestamps.Unix));
                break;
        }
    }
}
