using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes requests of the REST protocols: members go to path, query, headers and body.</summary>
internal sealed class RestSerializer
{
    private readonly OperationModel _operation;
    private readonly AwsRequest _request;
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly List<string> _query = [];
    private readonly List<KeyValuePair<ShapeMember, JsonElement>> _body = [];

    private RestSerializer(OperationModel operation)
    {
        _operation = operation;
        _request = new AwsRequest(operation);
    }

    public static AwsRequest Serialize(OperationModel operation, JsonElement input)
    {
        var serializer = new RestSerializer(operation);
        foreach (var entry in Input.Top(operation, input))
        {
            serializer.Place(entry.Key, entry.Value);
        }

        serializer.FillUri();
        serializer.WriteBody();
        serializer.AddCustomHeaders();
        return serializer._request;
    }

    private void Place(ShapeMember member, JsonElement value)
    {
        if (member.HostLabel)
        {
            _request.HostPrefix = (_request.HostPrefix ?? _operation.HostPrefix)?.Replace($"{{{member.Name}}}", HostLabel(member, value));
        }

        switch (member.Location)
        {
            case MemberLocation.Uri:
                _labels[member.WireName] = Input.Text(member, value, Timestamps.Iso);
                break;
            case MemberLocation.QueryString:
                AddQuery(member, value);
                break;
            case MemberLocation.Header:
                _request.Headers.Add(new(member.WireName, HeaderText(member, value)));
                break;
            case MemberLocation.Headers:
                _request.Headers.AddRange(Input.Map(member, value).Select(entry =>
                    new KeyValuePair<string, string>(member.WireName + entry.Name, HeaderText(member.Shape.Element!, entry.Value))));
                break;
            default:
                _body.Add(new(member, value));
                break;
        }
    }

    private void FillUri()
    {
        var template = _operation.RequestUri;
        var mark = template.IndexOf('?');
        var segments = (mark < 0 ? template : template.Substring(0, mark)).Split('/');
        _request.Path = string.Join("/", segments.Select(Segment));
        if (mark >= 0)
        {
            _query.Insert(0, template.Substring(mark + 1));
        }

        _request.Query = string.Join("&", _query);
        if (_operation.Service.EndpointPrefix == "s3" && _labels.TryGetValue("Bucket", out var bucket))
        {
            _request.Bucket = bucket;
        }
    }

    private string Segment(string segment)
    {
        if (segment.Length < 2 || segment[0] != '{')
        {
            return segment;
        }

        var greedy = segment.EndsWith("+}", StringComparison.Ordinal);
        var label = segment.Substring(1, segment.Length - (greedy ? 3 : 2));
        if (!_labels.TryGetValue(label, out var value) || value.Length == 0)
        {
            throw new UnfitInputException($"The operation {_operation.Name} needs the member '{label}', and it must not be empty.");
        }

        return greedy ? string.Join("/", value.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(value);
    }

    private void AddQuery(ShapeMember member, JsonElement value)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.List:
                foreach (var item in Input.List(member, value))
                {
                    AddQuery(member.WireName, member.Shape.Element!, item);
                }

                break;
            case ShapeKind.Map:
                foreach (var entry in Input.Map(member, value))
                {
                    AddQueryEntry(entry.Name, member.Shape.Element!, entry.Value);
                }

                break;
            default:
                AddQuery(member.WireName, member, value);
                break;
        }
    }

    private void AddQueryEntry(string name, ShapeMember member, JsonElement value)
    {
        if (member.Shape.Kind != ShapeKind.List)
        {
            AddQuery(name, member, value);
            return;
        }

        foreach (var item in Input.List(member, value))
        {
            AddQuery(name, member.Shape.Element!, item);
        }
    }

    private void AddQuery(string name, ShapeMember member, JsonElement value) =>
        _query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(Input.Text(member, value, Timestamps.Iso))}");

    private void WriteBody()
    {
        if (_operation.Input.Payload is { } payload)
        {
            WritePayload(payload);
        }
        else if (_operation.HttpMethod != "GET" && _operation.Input.Members.Any(member => member.Location == MemberLocation.Body))
        {
            WriteStructure(_body);
        }
    }

    private void WritePayload(string name)
    {
        var (member, value) = _body.Select(entry => (entry.Key, entry.Value)).FirstOrDefault(entry => entry.Key.Name == name);
        if (member is null)
        {
            return;
        }

        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteStructure(Input.Members(member.Shape, value));
                break;
            case ShapeKind.Blob:
                _request.Body = value.TryGetBytesFromBase64(out var bytes) ? bytes : throw new UnfitInputException($"The member '{name}' must be base64.");
                break;
            default:
                _request.Body = Encoding.UTF8.GetBytes(Input.String(value));
                break;
        }
    }

    private void WriteStructure(IEnumerable<KeyValuePair<ShapeMember, JsonElement>> members)
    {
        if (_operation.Service.Protocol == AwsProtocol.RestXml)
        {
            throw new NotSupportedException($"{_operation.Service.Name}:{_operation.Name} takes a document of XML, which operations that only read never do.");
        }

        _request.ContentType = "application/json";
        _request.Body = JsonSerializerBody.Structure(members);
    }

    private void AddCustomHeaders()
    {
        switch (_operation.Service.EndpointPrefix)
        {
            case "apigateway":
                // Without it the service answers in HAL, which has links among the members.
                _request.Headers.Add(new("Accept", "application/json"));
                break;
            case "glacier":
                _request.Headers.Add(new("x-amz-glacier-version", _operation.Service.ApiVersion));
                break;
        }
    }

    private static string HeaderText(ShapeMember member, JsonElement value)
    {
        var text = member.JsonValue ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value.GetRawText()))
            : member.Shape.Kind == ShapeKind.List ? string.Join(",", Input.List(member, value).Select(item => HeaderText(member.Shape.Element!, item)))
            : Input.Text(member, value, Timestamps.Http);
        return text.IndexOfAny(['\r', '\n']) < 0 ? text : throw new UnfitInputException($"The member '{member.Name}' travels in a header and cannot hold line breaks.");
    }

    private static string HostLabel(ShapeMember member, JsonElement value)
    {
        var label = Input.Text(member, value, Timestamps.Iso);
        return label.Length is > 0 and <= 63 && label.All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-')
            ? label
            : throw new UnfitInputException($"The member '{member.Name}' becomes part of the host's name: letters, digits and hyphens alone.");
    }
}
