using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Catalog;

/// <summary>Reads which members of a type can hold secrets.</summary>
internal static class SensitiveReader
{
    public static SensitiveEntry[] Read(YamlMap map) => map.Node("sensitive") switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Select(node => node is YamlMappingNode ? ReadMember(map.At(node)) : new SensitiveEntry(PathOf(map, node), SensitiveEncoding.Plain))],
        var other => throw map.ErrorAt(other, "'sensitive' must be a list."),
    };

    private static SensitiveEntry ReadMember(YamlMap map)
    {
        var member = new SensitiveEntry(
            map.RequiredParsed("path", JsonPath.Parse),
            map.Choice("decode", SensitiveEncoding.Plain, ("base64", SensitiveEncoding.Base64), ("json", SensitiveEncoding.Json)))
        {
            Except = map.Map("except") is { } except ? ReadExcept(except) : null,
            Named = map.Map("named") is { } named ? ReadNaming(named) : null,
        };
        map.RejectUnknownKeys();
        return member;
    }

    private static (string Member, IReadOnlyCollection<string> Values) ReadExcept(YamlMap map) => map.Keys.ToList() is [var member]
        ? (member, new HashSet<string>(map.Texts(member), StringComparer.Ordinal))
        : throw map.Error("'except' names one member beside the sensitive one, and its values: {Namespace: [\"aws:ec2:vpc\"]}.");

    private static SensitiveNaming ReadNaming(YamlMap map)
    {
        try
        {
            var naming = new SensitiveNaming([.. map.Texts("in").Select(JsonPath.Parse)], map.Required("as"));
            map.RejectUnknownKeys();
            return naming is { HasKey: true, In.Count: > 0 } ? naming : throw map.Error("'named' needs places in 'in', and in 'as' a regular expression in which {key} stands for the key.");
        }
        catch (FormatException problem)
        {
            throw map.Error(problem.Message);
        }
    }

    private static JsonPath PathOf(YamlMap map, YamlNode node)
    {
        try
        {
            return JsonPath.Parse(map.TextOf("sensitive", node));
        }
        catch (FormatException problem)
        {
            throw map.ErrorAt(node, problem.Message);
        }
    }
}
