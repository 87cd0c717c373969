using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Sandbox.State.CloudFormation;

/// <summary>Reads CloudFormation templates, in JSON or in YAML with its short forms (<c>!Ref</c>), as JSON.</summary>
internal static partial class TemplateReader
{
    /// <summary>The template; null where it is neither JSON nor YAML, or no map.</summary>
    public static JsonObject? Read(string body)
    {
        try
        {
            if (body.AsSpan().TrimStart().StartsWith("{"))
            {
                return JsonNode.Parse(body) as JsonObject;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(body));
            return stream.Documents.Count == 1 ? Convert(stream.Documents[0].RootNode) as JsonObject : null;
        }
        catch (Exception exception) when (exception is YamlException or JsonException)
        {
            return null;
        }
    }

    private static JsonNode? Convert(YamlNode node)
    {
        var value = node switch
        {
            YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode scalar => Scalar(scalar),
            _ => null,
        };
        return node.Tag is { IsEmpty: false, Value: ['!', not '!', ..] tag } ? Function(tag[1..], value) : value;
    }

    private static JsonObject Function(string name, JsonNode? argument) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = argument },
        "GetAtt" when argument is JsonValue path => new JsonObject { ["Fn::GetAtt"] = Json.Texts(path.GetValue<string>().Split('.', 2)) },
        _ => new JsonObject { ["Fn::" + name] = argument },
    };

    private static JsonNode? Scalar(YamlScalarNode scalar) => scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
    {
        "true" or "True" => true,
        "false" or "False" => false,
        "" or "null" or "~" or null => null,
        var text when Number().IsMatch(text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        var text => text,
    };

    // Longer digits are account ids.
    [GeneratedRegex(@"^(?:0|-?[1-9]\d{0,8})$")]
    private static partial Regex Number();
}
