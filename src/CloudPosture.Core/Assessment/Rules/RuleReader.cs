using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Yaml;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Rules;

/// <summary>Reads a file of rules: one rule, or a list of them.</summary>
internal static class RuleReader
{
    /// <summary>The setting of a rule about events that names those it asks for.</summary>
    public const string EventsSetting = "events";

    /// <summary>The setting of a rule about events that says how far back it looks.</summary>
    public const string DaysSetting = "days";

    private static readonly Regex IdForm = new("^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+$", RegexOptions.CultureInvariant);

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file's path.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="reading">What can be asked about, what was set, and whether fields are checked.</param>
    /// <exception cref="ContentException">The file is invalid.</exception>
    public static IEnumerable<Rule> Read(string file, TextReader text, RuleReading reading) =>
        Read(YamlFile.Maps(file, text), reading);

    /// <exception cref="ContentException">The rules are invalid.</exception>
    public static IEnumerable<Rule> Read(IEnumerable<YamlMap> maps, RuleReading reading) => maps.SelectMany(Expand).Select(map => ReadRow(map, reading));

    /// <summary>The rules of a template: one for each row of its table, or the rule itself where there is none.</summary>
    public static IEnumerable<YamlMap> Expand(YamlMap map) => map.Maps("each") is not { Count: > 0 } rows
        ? [map]
        : rows.Select(row => map.At(YamlSubstitution.Fill(map.Without("each"), row.Entries().ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal))));

    /// <summary>Whether a text may be a rule's id.</summary>
    public static bool IsId(string text) => IdForm.IsMatch(text);

    /// <summary>Reads one rule.</summary>
    /// <exception cref="ContentException">It is invalid.</exception>
    public static Rule ReadRow(YamlMap map, RuleReading reading)
    {
        var id = map.Required("id");
        if (!IsId(id))
        {
            throw map.ErrorAt(map.Node("id")!, $"'{id}' is no rule id. One looks like S3.BucketMfaDelete.");
        }

        return Read(map.About($"rule {id}"), id, reading);
    }

    private static Rule Read(YamlMap map, string id, RuleReading reading)
    {
        map.Required("id");
        var scope = map.Choice("scope", RuleScope.Resource, ("resource", RuleScope.Resource), ("account", RuleScope.Account), ("region", RuleScope.Region), ("failing", RuleScope.Failing));
        var needs = new AccountNeeds();
        map.Required("severity");
        var types = TypesOf(map, scope, reading.Catalog);
        var conditions = new ConditionReader(needs, types, reading.Catalog, reading.Shapes);
        var settings = RuleSettings.Read(map, name => reading.Settings(id, name));
        Condition ReadCondition(string key, YamlNode node) => conditions.Read(map.At(settings.Apply(map, node), key));
        var when = map.Node("when") is { } applies ? ReadCondition("when", applies) : null;
        conditions.Expect(map, "always");
        var rule = new Rule(when, ReadCondition("condition", map.RequiredNode("condition")), needs)
        {
            Id = id,
            Title = map.Required("title"),
            Severity = map.Choice("severity", Severity.Medium, [.. Severities()]),
            Service = ServiceOf(map, reading.Catalog),
            ResourceTypes = types,
            Scope = scope,
            ManagementAccountOnly = map.Flag("managementAccountOnly"),
            Rationale = map.Text("rationale") ?? "",
            Remediation = ReadRemediation(map),
            References = map.Texts("references"),
            Equivalents = ReadChecks(map, "equivalents"),
            Related = ReadChecks(map, "related"),
            Differs = map.MapOrEmpty("differs") is var reasons ? reasons.OwnKeys().ToDictionary(check => check, reasons.Required, StringComparer.Ordinal) : [],
            Settings = settings.All,
            Repair = [.. map.Maps("repair").Select(ReadRepair)],
            Tags = map.Texts("tags"),
            File = map.File,
            EvidenceFields = ReadEvidence(map),
        };
        map.RejectUnknownKeys();
        if (reading.Catalog.EventNames.Contains(rule.Service) && new[] { EventsSetting, DaysSetting }.Any(name => rule.Settings.All(setting => setting.Name != name)))
        {
            throw map.Error($"a rule about events declares the settings '{EventsSetting}', the names of the events that are asked for, and '{DaysSetting}', how far back.");
        }

        if (scope is RuleScope.Account or RuleScope.Region)
        {
            needs.Kept.Add(rule.ResourceType);
        }

        return rule;
    }

    private static string ServiceOf(YamlMap map, ServiceCatalog catalog)
    {
        var service = map.Required("service");
        return catalog.Names.Contains(service) || catalog.EventNames.Contains(service)
            ? service
            : throw map.ErrorAt(map.Node("service")!, $"there is no service '{service}' in the catalog. There are: {string.Join(", ", catalog.Names)}.");
    }

    private static IReadOnlyList<string> TypesOf(YamlMap map, RuleScope scope, ServiceCatalog catalog)
    {
        var types = map.Texts("resource");
        if (types.FirstOrDefault(type => catalog.ServiceOf(type) is null) is { } unknown)
        {
            throw map.ErrorAt(map.Node("resource")!, catalog.Unknown(unknown));
        }

        return (scope, types.Count) switch
        {
            (RuleScope.Account, 0) => [PlaceTypes.Account],
            (RuleScope.Region, 0) => [PlaceTypes.Region],
            (RuleScope.Resource, > 0) or (_, 1) => types,
            (RuleScope.Resource or RuleScope.Failing, _) => [map.Required("resource")],
            _ => throw map.ErrorAt(map.Node("resource")!, "a rule for the account or for Regions reads the fields of one type."),
        };
    }

    private static IEnumerable<(string, Severity)> Severities() =>
        Enum.GetValues(typeof(Severity)).Cast<Severity>().Select(severity => (severity.ToString(), severity));

    private static Remediation ReadRemediation(YamlMap map)
    {
        var texts = map.MapOrEmpty("remediation");
        var remediation = new Remediation(texts.Text("powershell"), texts.Text("cli"));
        texts.RejectUnknownKeys();
        return remediation;
    }

    private static RepairCall ReadRepair(YamlMap map)
    {
        var call = new RepairCall(map.Required("operation"), YamlJson.Convert(map.Node("input") ?? new YamlMappingNode()));
        map.RejectUnknownKeys();
        return call;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadChecks(YamlMap map, string key)
    {
        var tools = map.MapOrEmpty(key);
        return tools.OwnKeys().ToDictionary(tool => tool, tools.Texts, StringComparer.OrdinalIgnoreCase);
    }

    private static FieldReference[] ReadEvidence(YamlMap map)
    {
        try
        {
            return [.. map.Texts("evidence").Select(FieldReference.Parse)];
        }
        catch (FormatException problem)
        {
            throw map.ErrorAt(map.Node("evidence")!, problem.Message);
        }
    }
}
