using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudPosture.ModelGenerator;

/// <summary>Cuts a model down to some operations, the shapes they reach and the facts a client uses.</summary>
public static class ModelTrimmer
{
    private static readonly HashSet<string> Metadata = new(StringComparer.Ordinal)
    {
        "apiVersion", "endpointPrefix", "jsonVersion", "protocol", "serviceId", "signingName", "targetPrefix", "xmlNamespace",
    };

    private static readonly HashSet<string> OperationFacts = new(StringComparer.Ordinal) { "authtype", "endpoint", "http", "input", "output", "pagination" };

    private static readonly HashSet<string> ShapeFacts = new(StringComparer.Ordinal)
    {
        "document", "flattened", "hostLabel", "idempotencyToken", "jsonvalue", "key", "location", "locationName", "member", "members", "payload",
        "policyDocument", "queryName", "required", "resultWrapper", "sensitive", "shape", "timestampFormat", "type", "value", "xmlAttribute", "xmlNamespace",
    };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The trimmed model as UTF-8 JSON: one line an operation and a shape, in ordinal order, so that a change shows as a small difference.</summary>
    public static byte[] Trim(JsonObject model, IReadOnlySet<string> wanted)
    {
        var operations = Select(model["operations"]!.AsObject(), wanted, "operation");
        foreach (var operation in operations.Values)
        {
            Keep(operation, OperationFacts);
            TrimReference(operation["input"]);
            TrimReference(operation["output"]);
        }

        var shapes = Reachable(operations.Values, model["shapes"]!.AsObject());
        var metadata = model["metadata"]!.AsObject();
        Keep(metadata, Metadata);
        using var output = new MemoryStream();
        using (var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" })
        {
            text.WriteLine("{");
            text.WriteLine($"\"metadata\":{metadata.ToJsonString(Compact)},");
            WriteSection(text, "operations", operations);
            text.WriteLine(",");
            WriteSection(text, "shapes", shapes);
            text.WriteLine();
            text.WriteLine("}");
        }

        return output.ToArray();
    }

    private static SortedDictionary<string, JsonObject> Reachable(IEnumerable<JsonObject> operations, JsonObject definitions)
    {
        var reached = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        var open = new Stack<string>(operations.SelectMany(References));
        while (open.TryPop(out var name))
        {
            if (!reached.ContainsKey(name))
            {
                var shape = definitions[name]!.AsObject();
                TrimReference(shape);
                reached.Add(name, shape);
                foreach (var next in References(shape))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(entry => entry is { Key: "shape", Value: JsonValue name } ? [(string)name!] : References(entry.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    /// <summary>Drops what is not a fact of the wire, here and in nested shapes; names of members are left alone.</summary>
    private static void TrimReference(JsonNode? node)
    {
        if (node is not JsonObject shape)
        {
            return;
        }

        Keep(shape, ShapeFacts);
        TrimReference(shape["member"]);
        TrimReference(shape["key"]);
        TrimReference(shape["value"]);
        foreach (var (_, member) in shape["members"]?.AsObject() ?? [])
        {
            TrimReference(member);
        }
    }

    private static SortedDictionary<string, JsonObject> Select(JsonObject all, IEnumerable<string> names, string what) => new(
        names.ToDictionary(
            name => name,
            name => all[name]?.AsObject() ?? throw new GeneratorException($"The published models have no {what} '{name}': correct service.yaml or _platform/operations.yaml.")),
        StringComparer.Ordinal);

    private static void Keep(JsonObject json, HashSet<string> keys)
    {
        foreach (var key in json.Select(entry => entry.Key).Where(key => !keys.Contains(key)).ToList())
        {
            json.Remove(key);
        }
    }

    private static void WriteSection(TextWriter text, string name, SortedDictionary<string, JsonObject> entries)
    {
        text.WriteLine($"\"{name}\":{{");
        text.Write(string.Join(",\n", entries.Select(entry => $"\"{entry.Key}\":{entry.Value.ToJsonString(Compact)}")));
        text.Write("}");
    }
}
