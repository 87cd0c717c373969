using System;
using System.Collections.Generic;
using System.Linq;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Tests.Rules;

/// <summary>Finds the fields that a rule's conditions look at, with the type each is looked for in.</summary>
internal static class RuleFields
{
    private static readonly string[] Conditions = ["when", "condition"];

    /// <summary>The resource types and paths that a rule names; a path within an array is <c>Array[].Member</c>.</summary>
    public static IEnumerable<(string Type, string Path)> Of(YamlMappingNode rule)
    {
        var types = rule["resource"] is YamlSequenceNode list ? list.Select(type => type.ToString()) : [rule["resource"].ToString()];
        return types.SelectMany(type => Conditions
            .Where(key => rule.Children.ContainsKey(key))
            .SelectMany(key => OfCondition(type, type, "", rule[key])))
            .Distinct();
    }

    private static IEnumerable<(string Type, string Path)> OfCondition(string assessed, string type, string prefix, YamlNode node) => node switch
    {
        YamlSequenceNode list => list.SelectMany(item => OfCondition(assessed, type, prefix, item)),
        YamlMappingNode map => map.Children.SelectMany(child => OfKey(assessed, type, prefix, map, child.Key.ToString(), child.Value)),
        _ => [],
    };

    private static IEnumerable<(string Type, string Path)> OfKey(string assessed, string type, string prefix, YamlMappingNode map, string key, YamlNode value) => key switch
    {
        "allOf" or "anyOf" or "not" => OfCondition(assessed, type, prefix, value),
        "field" => Path(type, prefix + value).Concat(map.Children.Values.OfType<YamlMappingNode>().SelectMany(operand => Path(assessed, operand["outer"].ToString()))),
        "count" => OfCount(assessed, type, prefix, (YamlMappingNode)value),
        "with" when value is YamlMappingNode arguments && arguments.Children.TryGetValue("field", out var field) => Path(type, prefix + field),
        _ => [],
    };

    private static IEnumerable<(string Type, string Path)> OfCount(string assessed, string type, string prefix, YamlMappingNode count)
    {
        var of = count["of"].ToString();
        var isType = of.Contains("::", StringComparison.Ordinal);
        var inside = count.Children.TryGetValue("where", out var where)
            ? OfCondition(assessed, isType ? of : type, isType ? "" : prefix + of + ".", where)
            : [];
        return isType ? inside : inside.Append((type, prefix + of));
    }

    private static IEnumerable<(string Type, string Path)> Path(string type, string path) => path.Contains('@', StringComparison.Ordinal) ? [] : [(type, path)];
}
