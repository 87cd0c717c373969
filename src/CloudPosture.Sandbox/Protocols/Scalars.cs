using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudPosture.Aws.Models;

namespace CloudPosture.Sandbox.Protocols;

/// <summary>Single values between their text on the wire and JSON.</summary>
internal static class Scalars
{
    public static JsonNode? Read(Shape shape, string text) => shape.Kind switch
    {
        ShapeKind.Boolean => JsonValue.Create(text.Equals("true", StringComparison.OrdinalIgnoreCase)),
        ShapeKind.Integer => JsonValue.Create(Number(text)),
        ShapeKind.Float => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        ShapeKind.Timestamp => JsonValue.Create(WireTime.FromWire(text)),
        _ => JsonValue.Create(text),
    };

    /// <summary>A value's text in XML, a header or a query string.</summary>
    public static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsError("ValidationError", $"'{text}' is not a number.");
}
