using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Reads REST requests: labels, query string, headers and the JSON or XML body.</summary>
internal static class RestInput
{
    public static JsonObject Read(OperationModel operation, WireRequest request, IReadOnlyDictionary<string, string> labels)
    {
        var result = ReadBody(operation, request);
        foreach (var member in operation.Input.Members)
        {
            if (ReadMember(member, request, labels) is { } value)
            {
                result[member.Name] = value;
            }
        }

        return result;
    }

    private static JsonNode? ReadMember(ShapeMember member, WireRequest request, IReadOnlyDictionary<string, string> labels) =>
        member.Location switch
        {
            MemberLocation.Uri => labels.TryGetValue(member.WireName, out var label) ? Scalars.Read(member.Shape, label) : null,
            MemberLocation.QueryString => ReadQuery(member, request),
            MemberLocation.Header => request.Header(member.WireName) is { } header ? Scalars.Read(member.Shape, header) : null,
            MemberLocation.Headers => ReadHeaders(member, request),
            _ => null,
        };

    private static JsonNode? ReadQuery(ShapeMember member, WireRequest request)
    {
        var values = request.Query.Where(pair => pair.Key == member.WireName).Select(pair => pair.Value).ToList();
        return values.Count == 0
            ? null
            : member.Shape.Kind == ShapeKind.List
                ? new JsonArray([.. values.Select(value => Scalars.Read(member.Shape.Element!.Shape, value))])
                : Scalars.Read(member.Shape, values[0]);
    }

    private static JsonObject ReadHeaders(ShapeMember member, WireRequest request) =>
        new(request.Headers
            .Where(header => header.Key.StartsWith(member.WireName, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create<string, JsonNode?>(header.Key[member.WireName.Length..], header.Value)));

    private static JsonObject ReadBody(OperationModel operation, WireRequest request)
    {
        if (request.Body.Length == 0)
        {
            return [];
        }

        var input = operation.Input;
        var isXml = operation.Service.Protocol == AwsProtocol.RestXml;
        if (input.Payload is not { } payload)
        {
            return isXml ? (JsonObject)XmlInput.Read(input, XmlInput.Parse(request.Body))! : JsonInput.Read(input, request.Body, useLocationNames: true);
        }

        var shape = input.Member(payload)!.Shape;
        return new JsonObject
        {
            [payload] = shape.Kind switch
            {
                ShapeKind.Structure when isXml => XmlInput.Read(shape, XmlInput.Parse(request.Body)),
                ShapeKind.Structure => JsonInput.Read(shape, request.Body, useLocationNames: true),
                ShapeKind.Blob => Convert.ToBase64String(request.Body),
                _ => Encoding.UTF8.GetString(request.Body),
            },
        };
    }
}
