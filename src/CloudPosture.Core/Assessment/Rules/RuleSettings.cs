using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CloudPosture.Content.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Rules;

/// <summary>The settings that one rule declares, and what stands for them in its conditions.</summary>
internal sealed class RuleSettings
{
    private const string Number = "number";
    private readonly Dictionary<string, (RuleSetting Setting, YamlNode Value)> _byName = new(StringComparer.Ordinal);

    private RuleSettings()
    {
    }

    public IReadOnlyList<RuleSetting> All => [.. _byName.Values.Select(entry => entry.Setting)];

    /// <summary>Reads what a rule declares.</summary>
    /// <param name="map">The rule.</param>
    /// <param name="valueOf">What was set for a name; null where nothing was.</param>
    public static RuleSettings Read(YamlMap map, Func<string, IReadOnlyList<string>?> valueOf)
    {
        var settings = new RuleSettings();
        var declared = map.MapOrEmpty("settings");
        foreach (var (name, node) in declared.Entries().Select(entry => (entry.Key, entry.Value)))
        {
            settings._byName.Add(name, ReadOne(declared.At(node), name, valueOf(name)));
        }

        return settings;
    }

    /// <summary>A condition with each <c>{setting: name}</c> replaced by its value.</summary>
    public YamlNode Apply(YamlMap map, YamlNode condition) => YamlSubstitution.Replace(condition, "setting", name =>
        _byName.TryGetValue(name.Value ?? "", out var found)
            ? found.Value
            : throw map.ErrorAt(name, $"the rule declares no setting '{name.Value}'. It declares: {(_byName.Count == 0 ? "none" : string.Join(", ", _byName.Keys))}."));

    private static (RuleSetting Setting, YamlNode Value) ReadOne(YamlMap map, string name, IReadOnlyList<string>? set)
    {
        var kind = map.Choice("kind", Number, (Number, Number), ("text", "text"), ("texts", "texts"));
        map.RequiredNode("default");
        var standard = map.Texts("default");
        var setting = new RuleSetting
        {
            Name = name,
            Title = map.Text("title") ?? "",
            Unit = map.Text("unit") ?? "",
            Min = map.Has("min") ? map.Number("min") : null,
            Max = map.Has("max") ? map.Number("max") : null,
            Default = standard,
            Value = set ?? standard,
        };
        map.RejectUnknownKeys();
        Check(map, setting, kind);
        return (setting, NodeOf(map.Node("default")!, setting, kind));
    }

    private static void Check(YamlMap map, RuleSetting setting, string kind)
    {
        if (kind != "texts" && setting.Value.Count != 1)
        {
            throw map.Error($"the setting '{setting.Name}' takes one value.");
        }

        if (kind == Number && !(double.TryParse(setting.Value[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (setting.Min is not { } least || number >= least) && (setting.Max is not { } most || number <= most)))
        {
            throw map.Error($"the setting '{setting.Name}' is '{setting.Value[0]}'; it must be a number from {setting.Min} to {setting.Max}{(setting.Unit.Length > 0 ? " " + setting.Unit : "")}.");
        }
    }

    private static YamlNode NodeOf(YamlNode place, RuleSetting setting, string kind)
    {
        var style = kind == Number ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted;
        YamlScalarNode Scalar(string value) => YamlPlace.From(new YamlScalarNode(value) { Style = style }, place);
        return kind == "texts" ? YamlPlace.From(new YamlSequenceNode(setting.Value.Select(Scalar)), place) : Scalar(setting.Value[0]);
    }
}
