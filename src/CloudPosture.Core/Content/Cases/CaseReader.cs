using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Cases;

/// <summary>Reads a service's <c>cases.yaml</c>.</summary>
internal static class CaseReader
{
    private const string Base = "base";
    private static readonly (string Key, CaseVerdict Verdict)[] Verdicts =
        [("pass", CaseVerdict.Pass), ("fail", CaseVerdict.Fail), ("unknown", CaseVerdict.Unknown), ("none", CaseVerdict.None)];

    /// <exception cref="ContentException">The file is invalid.</exception>
    public static CaseFile Read(string file, TextReader text) => Read(file, [.. YamlFile.Maps(file, text)]);

    /// <exception cref="ContentException">The file is invalid.</exception>
    public static CaseFile Read(string file, IReadOnlyList<YamlMap> maps)
    {
        if (maps.Count != 1)
        {
            throw new ContentException(file, 1, null, "a file holds one mapping: 'base' and the rules.");
        }

        var root = maps[0];
        var bases = root.MapOrEmpty(Base).Entries().ToDictionary(entry => entry.Key, entry => Json(root, entry.Value), StringComparer.Ordinal);
        var cases = root.Keys.Where(key => key != Base).SelectMany(rule => ReadRule(root.Map(rule)!.About($"cases of {rule}"), rule)).ToList();
        return new CaseFile(bases, cases);
    }

    private static IEnumerable<RuleCase> ReadRule(YamlMap map, string rule)
    {
        var cases = Verdicts.SelectMany(kind => Items(map, kind.Key).Select(item => ReadCase(map.At(item), rule, kind.Verdict)))
            .Concat(Items(map, "traps").Select(item => ReadTrap(map.At(item), rule)))
            .ToList();
        map.RejectUnknownKeys();
        return cases;
    }

    private static IEnumerable<YamlNode> Items(YamlMap map, string key) => map.Node(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        var other => throw map.ErrorAt(other, $"'{key}' must be a list of cases."),
    };

    private static RuleCase ReadTrap(YamlMap map, string rule)
    {
        map.RequiredNode("$verdict");
        return ReadCase(map, rule, map.Choice("$verdict", CaseVerdict.Pass, Verdicts));
    }

    private static RuleCase ReadCase(YamlMap map, string rule, CaseVerdict verdict)
    {
        var settings = map.MapOrEmpty("$settings");
        var tags = map.MapOrEmpty("$tags");
        map.Text("$verdict");
        var read = new RuleCase
        {
            RuleId = rule,
            Verdict = verdict,
            Why = map.Text("$why"),
            Gaps = map.Texts("$gap"),
            Region = map.Text("$region"),
            IsManagementAccount = map.Flag("$management"),
            Settings = settings.OwnKeys().ToDictionary(name => name, settings.Texts, StringComparer.Ordinal),
            Tags = tags.OwnKeys().ToDictionary(key => key, tags.Required, StringComparer.Ordinal),
            With = [.. map.MapOrEmpty("$with").Entries().Select(entry => new KeyValuePair<string, IReadOnlyList<JsonObject>>(entry.Key, ReadOthers(map, entry.Value)))],
            Patch = [],
            File = map.File,
            Line = map.Line,
        };
        var patch = new JsonObject();
        foreach (var entry in map.Entries().Where(entry => entry.Key[0] != '$'))
        {
            patch[entry.Key] = Node(entry.Value);
        }

        Reject(map);
        return read with { Patch = patch };
    }

    private static void Reject(YamlMap map)
    {
        string[] known = ["$why", "$gap", "$region", "$management", "$settings", "$tags", "$with", "$verdict"];
        if (map.Keys.FirstOrDefault(key => key[0] == '$' && !known.Contains(key)) is { } unknown)
        {
            throw map.ErrorAt(map.Node(unknown)!, $"'{unknown}' is not known here. Known are: {string.Join(", ", known)}.");
        }
    }

    private static List<JsonObject> ReadOthers(YamlMap map, YamlNode node) => node switch
    {
        YamlSequenceNode list => [.. list.Children.Select(item => Json(map, item))],
        _ => [Json(map, node)],
    };

    private static JsonObject Json(YamlMap map, YamlNode node) => Node(node) as JsonObject ?? throw map.ErrorAt(node, "members and values were expected here.");

    private static JsonNode? Node(YamlNode node) => JsonNode.Parse(YamlJson.Convert(node).GetRawText());
}
