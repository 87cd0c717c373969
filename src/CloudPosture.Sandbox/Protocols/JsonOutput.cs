using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Writes JSON bodies.</summary>
internal static class JsonOutput
{
    public static WireAnswer WriteRpc(OperationModel operation, JsonObject output, string requestId)
    {
        var answer = new WireAnswer
        {
            ContentType = "application/x-amz-json-" + operation.Service.JsonVersion,
            Body = Body(operation.Output, output, useLocationNames: false),
        };
        answer.Headers["x-amzn-RequestId"] = requestId;
        return answer;
    }

    public static byte[] Body(Shape shape, JsonObject output, bool useLocationNames)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WriteStructure(writer, shape, output, useLocationNames);
        }

        return stream.ToArray();
    }

    private static void WriteStructure(Utf8JsonWriter writer, Shape shape, JsonObject value, bool useLocationNames)
    {
        writer.WriteStartObject();
        foreach (var member in shape.Members)
        {
            if (member.Location == MemberLocation.Body && value.TryGetPropertyValue(member.Name, out var child) && child is not null)
            {
                writer.WritePropertyName(useLocationNames ? member.WireName : member.Name);
                WriteValue(writer, member, child, useLocationNames);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ShapeMember member, JsonNode value, bool useLocationNames)
    {
        var shape = member.Shape;
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                WriteStructure(writer, shape, value.AsObject(), useLocationNames);
                break;
            case ShapeKind.List:
                WriteList(writer, shape, value.AsArray(), useLocationNames);
                break;
            case ShapeKind.Map:
                WriteMap(writer, shape, value.AsObject(), useLocationNames);
                break;
            case ShapeKind.Timestamp:
                WriteTime(writer, member, value);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, Shape shape, JsonArray items, bool useLocationNames)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, shape.Element!, item!, useLocationNames);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, Shape shape, JsonObject map, bool useLocationNames)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            WriteValue(writer, shape.Element!, value!, useLocationNames);
        }

        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, ShapeMember member, JsonNode value)
    {
        switch (WireTime.Format(member, member.Shape, "unixTimestamp"))
        {
            case "iso8601":
                writer.WriteStringValue(WireTime.Iso(value, milliseconds: true));
                break;
            case "rfc822":
                writer.WriteStringValue(WireTime.Rfc822(value));
                break;
            default:
                writer.WriteNumberValue(WireTime.Epoch(value));
                break;
        }
    }
}
