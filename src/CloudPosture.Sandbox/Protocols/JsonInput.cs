using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Reads JSON bodies.</summary>
internal static class JsonInput
{
    public static JsonObject Read(Shape input, byte[] body, bool useLocationNames) =>
        body.Length > 0 && JsonNode.Parse(body) is JsonObject json
            ? (JsonObject)Rename(input, json, useLocationNames)!
            : [];

    /// <summary>Copies a value from wire names to the official ones; unknown members are dropped, as services do.</summary>
    public static JsonNode? Rename(Shape shape, JsonNode? value, bool useLocationNames) => (shape.Kind, value) switch
    {
        (_, null) => null,
        (ShapeKind.Structure, JsonObject json) => RenameMembers(shape, json, useLocationNames),
        (ShapeKind.List, JsonArray array) => RenameItems(shape, array, useLocationNames),
        (ShapeKind.Map, JsonObject json) => RenameValues(shape, json, useLocationNames),
        (ShapeKind.Timestamp, _) => JsonValue.Create(WireTime.FromWire(Scalars.Text(value))),
        _ => value.DeepClone(),
    };

    private static JsonObject RenameMembers(Shape shape, JsonObject json, bool useLocationNames)
    {
        var result = new JsonObject();
        foreach (var member in shape.Members)
        {
            if (json.TryGetPropertyValue(useLocationNames ? member.WireName : member.Name, out var value) && value is not null)
            {
                result[member.Name] = Rename(member.Shape, value, useLocationNames);
            }
        }

        return result;
    }

    private static JsonArray RenameItems(Shape shape, JsonArray array, bool useLocationNames)
    {
        var result = new JsonArray();
        foreach (var item in array)
        {
            result.Add(Rename(shape.Element!.Shape, item, useLocationNames));
        }

        return result;
    }

    private static JsonObject RenameValues(Shape shape, JsonObject json, bool useLocationNames)
    {
        var result = new JsonObject();
        foreach (var (name, value) in json)
        {
            result[name] = Rename(shape.Element!.Shape, value, useLocationNames);
        }

        return result;
    }
}
