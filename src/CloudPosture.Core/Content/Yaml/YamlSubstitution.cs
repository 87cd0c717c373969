using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Yaml;

/// <summary>Copies YAML and replaces parts of it; what is copied keeps its place in the file, for errors.</summary>
internal static class YamlSubstitution
{
    private const string Open = "$(";

    /// <summary>Fills the holes <c>$(name)</c> of every text. A text that is one hole alone becomes the value with its type.</summary>
    public static YamlNode Fill(YamlNode node, IReadOnlyDictionary<string, YamlNode> values) =>
        Copy(node, candidate => candidate is YamlScalarNode { Value: { } text } scalar && text.Contains(Open) ? FillText(scalar, text, values) : null);

    /// <summary>Replaces each mapping that has the one key with what that key's text stands for.</summary>
    public static YamlNode Replace(YamlNode node, string key, Func<YamlScalarNode, YamlNode> valueOf) =>
        Copy(node, candidate => candidate is YamlMappingNode { Children.Count: 1 } map && map.Children.Single() is { Key: YamlScalarNode name, Value: YamlScalarNode value } && name.Value == key
            ? valueOf(value)
            : null);

    private static YamlNode Copy(YamlNode node, Func<YamlNode, YamlNode?> replace)
    {
        if (replace(node) is { } other)
        {
            return other;
        }

        return node switch
        {
            YamlMappingNode map => YamlPlace.From(
                new YamlMappingNode(map.Children.Select(child => new KeyValuePair<YamlNode, YamlNode>(Copy(child.Key, replace), Copy(child.Value, replace)))),
                map),
            YamlSequenceNode list => YamlPlace.From(new YamlSequenceNode(list.Children.Select(child => Copy(child, replace))), list),
            _ => node,
        };
    }

    private static YamlNode FillText(YamlScalarNode scalar, string text, IReadOnlyDictionary<string, YamlNode> values)
    {
        foreach (var value in values)
        {
            var hole = Open + value.Key + ")";
            if (text == hole)
            {
                return value.Value;
            }

            if (value.Value is YamlScalarNode part)
            {
                text = text.Replace(hole, part.Value);
            }
        }

        return YamlPlace.From(new YamlScalarNode(text) { Style = scalar.Style }, scalar);
    }
}
