using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Decodes the members that travel in headers and in the status.</summary>
internal static class HeaderDecoder
{
    public static void Write(Shape output, HttpResponseMessage response, Utf8JsonWriter writer)
    {
        foreach (var member in output.Members)
        {
            switch (member.Location)
            {
                case MemberLocation.StatusCode:
                    writer.WriteNumber(member.JsonName, (int)response.StatusCode);
                    break;
                case MemberLocation.Header when Find(response, member.WireName) is { } text:
                    writer.WritePropertyName(member.JsonName);
                    WriteHeader(member, text, writer);
                    break;
                case MemberLocation.Headers:
                    WritePrefixed(member, response, writer);
                    break;
            }
        }
    }

    /// <summary>A header's values joined by commas, or null.</summary>
    public static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || (response.Content is { } content && content.Headers.TryGetValues(name, out values))
            ? string.Join(",", values)
            : null;

    private static void WriteHeader(ShapeMember member, string text, Utf8JsonWriter writer)
    {
        if (member.JsonValue)
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(text));
            document.WriteTo(writer);
        }
        else if (member.Shape.Kind == ShapeKind.List)
        {
            writer.WriteStartArray();
            foreach (var item in text.Split(','))
            {
                WriteHeader(member.Shape.Element!, item.Trim(), writer);
            }

            writer.WriteEndArray();
        }
        else
        {
            ScalarText.Write(member, text, writer);
        }
    }

    private static void WritePrefixed(ShapeMember member, HttpResponseMessage response, Utf8JsonWriter writer)
    {
        writer.WriteStartObject(member.JsonName);
        var headers = response.Content is { } content ? response.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(content.Headers) : response.Headers;
        foreach (var header in headers.Where(header => header.Key.StartsWith(member.WireName, StringComparison.OrdinalIgnoreCase)))
        {
            writer.WriteString(header.Key.Substring(member.WireName.Length).ToLower(CultureInfo.InvariantCulture), string.Join(",", header.Value));
        }

        writer.WriteEndObject();
    }
}
