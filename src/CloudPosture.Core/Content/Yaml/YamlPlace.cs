using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Yaml;

/// <summary>Where in its file a node stands; a node that was made from another stands where that one does.</summary>
internal static class YamlPlace
{
    private static readonly ConditionalWeakTable<YamlNode, YamlNode> Origins = new();

    public static long LineOf(YamlNode node) => (Origins.TryGetValue(node, out var origin) ? origin : node).Start.Line;

    public static T From<T>(T made, YamlNode origin)
        where T : YamlNode
    {
        Origins.Add(made, Origins.TryGetValue(origin, out var first) ? first : origin);
        return made;
    }
}
