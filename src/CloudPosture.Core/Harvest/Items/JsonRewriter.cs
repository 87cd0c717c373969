using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Json;

namespace CloudPosture.Harvest.Items;

/// <summary>Copies JSON, leaves out members and turns JSON kept as text into JSON.</summary>
internal static class JsonRewriter
{
    /// <summary>Copies a value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="omit">Members to leave out, at any depth.</param>
    /// <param name="decode">Members to decode, at any depth.</param>
    public static void Write(Utf8JsonWriter json, JsonElement value, IReadOnlyList<string> omit, IReadOnlyList<string> decode)
    {
        if (omit.Count == 0 && decode.Count == 0)
        {
            value.WriteTo(json);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    WriteMember(json, member, omit, decode);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    Write(json, element, omit, decode);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    /// <summary>Copies a member unless it is one to leave out.</summary>
    public static void WriteMember(Utf8JsonWriter json, JsonProperty member, IReadOnlyList<string> omit, IReadOnlyList<string> decode)
    {
        if (omit.Contains(member.Name))
        {
            return;
        }

        json.WritePropertyName(member.Name);
        if (decode.Contains(member.Name))
        {
            WriteDecoded(json, member.Value);
        }
        else
        {
            Write(json, member.Value, omit, decode);
        }
    }

    /// <summary>Writes a text's JSON; an empty one is none, what is no JSON stays text, and what is JSON already stays as it is.</summary>
    public static void WriteDecoded(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
        {
            json.WriteNullValue();
        }
        else if (value.ValueKind == JsonValueKind.String && JsonText.TryParse(value.GetString()!) is { } document)
        {
            using (document)
            {
                document.RootElement.WriteTo(json);
            }
        }
        else
        {
            value.WriteTo(json);
        }
    }

    /// <summary>Whether a text is JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mayBeEmpty">False where an object without members is none.</param>
    public static bool IsJson(JsonElement text, bool mayBeEmpty)
    {
        using var document = JsonText.TryParse(text.GetString()!);
        return document is { RootElement: var root } && (mayBeEmpty || root.ValueKind != JsonValueKind.Object || root.EnumerateObject().MoveNext());
    }
}
