using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace CloudPosture.Aws.Models;

/// <summary>Reads a model file (the published format of the AWS SDK for JavaScript v2, trimmed) into linked shapes.</summary>
internal sealed class ServiceModelReader
{
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly JsonElement _definitions;

    private ServiceModelReader(JsonElement definitions) => _definitions = definitions;

    public static ServiceModel Read(string name, Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var metadata = root.GetProperty("metadata");
        var endpointPrefix = Text(metadata, "endpointPrefix") ?? name;
        var service = new ServiceModel(name)
        {
            Protocol = ProtocolOf(Text(metadata, "protocol")),
            ApiVersion = Text(metadata, "apiVersion") ?? "",
            EndpointPrefix = endpointPrefix,
            SigningName = Text(metadata, "signingName") ?? endpointPrefix,
            ServiceId = Text(metadata, "serviceId") ?? name,
            JsonVersion = Text(metadata, "jsonVersion") ?? "1.1",
            TargetPrefix = Text(metadata, "targetPrefix") ?? "",
            XmlNamespace = Text(metadata, "xmlNamespace"),
        };
        var reader = new ServiceModelReader(root.TryGetProperty("shapes", out var shapes) ? shapes : default);
        var operations = new Dictionary<string, OperationModel>(StringComparer.Ordinal);
        foreach (var operation in root.GetProperty("operations").EnumerateObject())
        {
            operations.Add(operation.Name, reader.ReadOperation(service, operation.Name, operation.Value));
        }

        service.Operations = operations;
        return service;
    }

    private static AwsProtocol ProtocolOf(string? protocol) => protocol switch
    {
        "query" => AwsProtocol.Query,
        "ec2" => AwsProtocol.Ec2,
        "json" => AwsProtocol.Json,
        "rest-json" => AwsProtocol.RestJson,
        "rest-xml" => AwsProtocol.RestXml,
        _ => throw new InvalidDataException($"An API model names the unknown protocol '{protocol}'."),
    };

    private OperationModel ReadOperation(ServiceModel service, string name, JsonElement json)
    {
        var operation = new OperationModel(service, name, Structure(json, "input"), Structure(json, "output"))
        {
            Unsigned = Text(json, "authtype") == "none",
            ResultWrapper = json.TryGetProperty("output", out var output) ? Text(output, "resultWrapper") : null,
        };
        if (json.TryGetProperty("http", out var http))
        {
            operation.HttpMethod = Text(http, "method") ?? "POST";
            operation.RequestUri = Text(http, "requestUri") ?? "/";
        }

        if (json.TryGetProperty("endpoint", out var endpoint))
        {
            operation.HostPrefix = Text(endpoint, "hostPrefix");
        }

        if (json.TryGetProperty("pagination", out var pagination))
        {
            operation.Pagination = ReadPagination(pagination);
        }

        return operation;
    }

    private static Pagination? ReadPagination(JsonElement json)
    {
        var inputs = Texts(json, "input_token");
        return inputs.Count == 0
            ? null
            : new Pagination(inputs, Texts(json, "output_token"), Text(json, "more_results"), Text(json, "limit_key"), Texts(json, "result_key"));
    }

    private Shape Structure(JsonElement operation, string part) =>
        operation.TryGetProperty(part, out var json) ? Resolve(json) : new Shape(ShapeKind.Structure);

    private Shape Resolve(JsonElement reference)
    {
        if (Text(reference, "shape") is not { } name)
        {
            return Build(new Shape(KindOf(reference)), reference);
        }

        if (_shapes.TryGetValue(name, out var known))
        {
            return known;
        }

        var definition = _definitions.GetProperty(name);
        var shape = new Shape(KindOf(definition));
        // Registered before its members are read, because shapes may contain themselves.
        _shapes.Add(name, shape);
        return Build(shape, definition);
    }

    private Shape Build(Shape shape, JsonElement json)
    {
        shape.Flattened = Flag(json, "flattened");
        shape.Payload = Text(json, "payload");
        shape.LocationName = Text(json, "locationName");
        shape.TimestampFormat = Text(json, "timestampFormat");
        shape.Sensitive = Flag(json, "sensitive");
        shape.Required = Texts(json, "required");
        if (json.TryGetProperty("members", out var members))
        {
            shape.Members = [.. members.EnumerateObject().Select(member => ReadMember(member.Name, member.Value))];
        }

        if (json.TryGetProperty("member", out var element))
        {
            shape.Element = ReadMember("member", element);
        }

        if (json.TryGetProperty("key", out var key))
        {
            shape.Key = ReadMember("key", key);
        }

        if (json.TryGetProperty("value", out var value))
        {
            shape.Element = ReadMember("value", value);
        }

        return shape;
    }

    private ShapeMember ReadMember(string name, JsonElement json) => new(name, Resolve(json))
    {
        LocationName = Text(json, "locationName"),
        QueryName = Text(json, "queryName"),
        Location = LocationOf(Text(json, "location")),
        Flattened = Flag(json, "flattened"),
        XmlAttribute = Flag(json, "xmlAttribute"),
        TimestampFormat = Text(json, "timestampFormat"),
        IdempotencyToken = Flag(json, "idempotencyToken"),
        HostLabel = Flag(json, "hostLabel"),
        JsonValue = Flag(json, "jsonvalue"),
        IsPolicyDocument = Flag(json, "policyDocument"),
    };

    private static ShapeKind KindOf(JsonElement json) => Text(json, "type") switch
    {
        null or "string" or "character" => ShapeKind.String,
        "structure" => Flag(json, "document") ? ShapeKind.Document : ShapeKind.Structure,
        "list" => ShapeKind.List,
        "map" => ShapeKind.Map,
        "integer" or "long" => ShapeKind.Integer,
        "float" or "double" => ShapeKind.Float,
        "boolean" => ShapeKind.Boolean,
        "timestamp" => ShapeKind.Timestamp,
        "blob" => ShapeKind.Blob,
        var other => throw new InvalidDataException($"An API model has a shape of the unknown type '{other}'."),
    };

    private static MemberLocation LocationOf(string? location) => location switch
    {
        null => MemberLocation.Body,
        "uri" => MemberLocation.Uri,
        "querystring" => MemberLocation.QueryString,
        "header" => MemberLocation.Header,
        "headers" => MemberLocation.Headers,
        "statusCode" => MemberLocation.StatusCode,
        _ => throw new InvalidDataException($"An API model has a member at the unknown location '{location}'."),
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static IReadOnlyList<string> Texts(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value)
            ? []
            : value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
                : [value.GetString() ?? ""];
}
