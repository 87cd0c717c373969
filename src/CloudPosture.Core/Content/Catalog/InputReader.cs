using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Content.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Catalog;

/// <summary>Reads the input of a call: text as templates, plain numbers and booleans as such.</summary>
internal static class InputReader
{
    public static IReadOnlyList<KeyValuePair<string, object>> Members(YamlMap map) =>
        [.. map.Entries().Select(entry => new KeyValuePair<string, object>(entry.Key, ValueOf(map, entry.Key, entry.Value)))];

    private static object ValueOf(YamlMap map, string key, YamlNode node) => node switch
    {
        YamlMappingNode => Members(map.At(node)),
        YamlSequenceNode list => list.Select(item => ValueOf(map, key, item)).ToArray(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } plain when long.TryParse(plain.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => TemplateOf(map, key, node),
    };

    private static Template TemplateOf(YamlMap map, string key, YamlNode node)
    {
        try
        {
            return Template.Parse(map.TextOf(key, node));
        }
        catch (FormatException problem)
        {
            throw map.ErrorAt(node, problem.Message);
        }
    }
}
