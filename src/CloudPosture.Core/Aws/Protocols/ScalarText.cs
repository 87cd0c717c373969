using System;
using System.Globalization;
using System.Text.Json;
using CloudPosture.Aws.Models;

namespace CloudPosture.Aws.Protocols;

/// <summary>Writes scalars that came as text, in XML or in headers, with their model's type.</summary>
internal static class ScalarText
{
    public static void Write(ShapeMember member, string text, Utf8JsonWriter writer)
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Integer:
                writer.WriteNumberValue(long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture));
                break;
            case ShapeKind.Float:
                WriteFloat(text, writer);
                break;
            case ShapeKind.Boolean:
                writer.WriteBooleanValue(Boolean(text));
                break;
            case ShapeKind.Timestamp:
                writer.WriteStringValue(Timestamps.TryParse(text, out var time)
                    ? Timestamps.ToJson(time)
                    : throw new FormatException($"The member {member.Name} holds '{text}', which is no time."));
                break;
            case ShapeKind.String when member.IsPolicyDocument:
                WritePolicy(text, writer);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    /// <summary>Whether a text stands for a number that JSON has none for, as AWS's protocols write it.</summary>
    public static bool IsNoFiniteNumber(string text) => text is "NaN" or "Infinity" or "-Infinity";

    /// <summary>JSON has no infinities: they are written as the texts that AWS's JSON protocols use.</summary>
    private static void WriteFloat(string text, Utf8JsonWriter writer)
    {
        if (IsNoFiniteNumber(text))
        {
            writer.WriteStringValue(text);
        }
        else
        {
            writer.WriteNumberValue(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    private static bool Boolean(string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => bool.Parse(text),
    };

    /// <summary>A policy as the JSON it is; as text where it is not JSON.</summary>
    private static void WritePolicy(string text, Utf8JsonWriter writer)
    {
        var policy = Uri.UnescapeDataString(text);
        try
        {
            using var document = JsonDocument.Parse(policy);
            document.WriteTo(writer);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(policy);
        }
    }
}
