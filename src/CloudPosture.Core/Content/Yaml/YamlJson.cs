using System.IO;
using System.Text.Json;
using CloudPosture.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Yaml;

/// <summary>Turns a YAML node into the JSON it stands for.</summary>
internal static class YamlJson
{
    public static JsonElement Convert(YamlNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, node);
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                json.WriteStartObject();
                foreach (var child in map.Children)
                {
                    json.WritePropertyName(child.Key.ToString());
                    Write(json, child.Value);
                }

                json.WriteEndObject();
                break;
            case YamlSequenceNode list:
                json.WriteStartArray();
                foreach (var item in list.Children)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                WriteScalar(json, scalar);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            json.WriteStringValue(text);
        }
        else if (text is "true" or "false")
        {
            json.WriteBooleanValue(text == "true");
        }
        else if (text is "null" or "~" or "")
        {
            json.WriteNullValue();
        }
        else if (FiniteNumber.TryParse(text, out var number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
