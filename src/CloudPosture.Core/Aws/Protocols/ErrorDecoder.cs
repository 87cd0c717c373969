using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Xml;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes refusals of every protocol; what cannot be read is left empty, since a proxy may have written it.</summary>
internal static class ErrorDecoder
{
    public static ErrorDetails Decode(HttpResponseMessage response, ArraySegment<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            if (IsXml(body))
            {
                ReadXml(body, fields);
            }
            else if (body.Count > 0)
            {
                ReadJson(body, fields);
            }
        }
        catch (Exception problem) when (problem is XmlException or JsonException or InvalidOperationException)
        {
            // Whatever was read before the damage is kept.
        }

        return new ErrorDetails(
            Code(response, fields),
            Value(fields, "message", "errorMessage") ?? "",
            RequestId(response) ?? Value(fields, "RequestId"),
            HeaderDecoder.Find(response, "x-amz-bucket-region") ?? Value(fields, "Region"));
    }

    /// <summary>The id that a service puts into an answer's headers, or null.</summary>
    public static string? RequestId(HttpResponseMessage response) =>
        HeaderDecoder.Find(response, "x-amzn-RequestId") ?? HeaderDecoder.Find(response, "x-amz-request-id") ?? HeaderDecoder.Find(response, "x-amzn-request-id");

    /// <summary>S3 may report an error with status 200, once it has begun to answer.</summary>
    public static bool IsErrorDocument(ArraySegment<byte> body)
    {
        if (!IsXml(body))
        {
            return false;
        }

        try
        {
            using var reader = Open(body);
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "Error";
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static string Code(HttpResponseMessage response, Dictionary<string, string> fields)
    {
        // Services that left the query protocol keep its codes here: "AWS.SimpleQueueService.NonExistentQueue;Sender".
        var code = HeaderDecoder.Find(response, "x-amzn-query-error") is { } query
            ? query.Split(';')[0]
            : HeaderDecoder.Find(response, "x-amzn-ErrorType") ?? Value(fields, "__type", "code") ?? "";

        // "com.amazon.coral.service#AccessDeniedException" and "ResourceNotFoundException:http://internal.amazon.com/…" both occur.
        code = code.Substring(code.LastIndexOf('#') + 1);
        var colon = code.IndexOf(':');
        return colon < 0 ? code : code.Substring(0, colon);
    }

    private static string? Value(Dictionary<string, string> fields, params string[] names)
    {
        foreach (var name in names)
        {
            if (fields.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        return null;
    }

    private static bool IsXml(ArraySegment<byte> body)
    {
        foreach (var letter in body)
        {
            if (letter is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or 0xEF or 0xBB or 0xBF))
            {
                return letter == (byte)'<';
            }
        }

        return false;
    }

    /// <summary>All the protocols' error documents have elements of these names; the first of each counts.</summary>
    private static void ReadXml(ArraySegment<byte> body, Dictionary<string, string> fields)
    {
        using var reader = Open(body);
        reader.MoveToContent();
        if (reader.LocalName is not ("Error" or "ErrorResponse" or "Response" or "Errors"))
        {
            return;
        }

        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Code" or "Message" or "RequestId" or "RequestID" or "Region" && !fields.ContainsKey(reader.LocalName))
            {
                var name = reader.LocalName;
                fields[name] = reader.ReadElementContentAsString();
            }
            else
            {
                reader.Read();
            }
        }
    }

    private static void ReadJson(ArraySegment<byte> body, Dictionary<string, string> fields)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                fields[property.Name] = property.Value.GetString()!;
            }
        }
    }

    private static XmlReader Open(ArraySegment<byte> body) =>
        XmlReader.Create(new MemoryStream(body.Array!, body.Offset, body.Count, writable: false), XmlAnswer.Settings);
}
