using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.ModelGenerator;

/// <summary>Looks into YAML whose meaning the product's own reader checks.</summary>
internal static class YamlText
{
    public static YamlMappingNode Load(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static YamlNode? Find(YamlMappingNode? node, string key) =>
        node is not null && node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    public static string? Text(YamlMappingNode? node, string key) => (Find(node, key) as YamlScalarNode)?.Value;

    public static IEnumerable<string> Texts(YamlMappingNode? node, string key) =>
        Find(node, key) is YamlSequenceNode list ? list.Children.Select(child => child.ToString()) : [];
}
