using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Yaml;
using CloudPosture.Lake;

namespace CloudPosture.Assessment;

/// <summary>Reads a file of rules: one rule, or a list of them.</summary>
internal static class RuleReader
{
    private const string AccountType = "AWS::::Account";
    private const string RegionType = "AWS::EC2::Region";
    private static readonly Regex IdForm = new("^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)+$", RegexOptions.CultureInvariant);

    /// <exception cref="AssessmentFileException">The file is invalid.</exception>
    public static IEnumerable<Rule> Read(string file, TextReader text) => YamlFile.Maps(file, text).Select(Read);

    private static Rule Read(YamlMap map)
    {
        var id = map.Required("id");
        if (!IdForm.IsMatch(id))
        {
            throw map.ErrorAt(map.Node("id")!, $"'{id}' is no rule id. One looks like S3.BucketMfaDelete.");
        }

        return Read(map.About($"rule {id}"), id);
    }

    private static Rule Read(YamlMap map, string id)
    {
        map.Required("id");
        var scope = map.Choice("scope", RuleScope.Resource, ("resource", RuleScope.Resource), ("account", RuleScope.Account), ("region", RuleScope.Region));
        var needs = new AccountNeeds();
        var conditions = new ConditionReader(needs);
        map.RequiredNode("condition");
        map.Required("severity");
        var when = map.Map("when") is { } applies ? conditions.Read(applies) : null;
        var rule = new Rule(when, conditions.Read(map.Map("condition")!), needs)
        {
            Id = id,
            Title = map.Required("title"),
            Severity = map.Choice("severity", Severity.Medium, [.. Severities()]),
            Service = ServiceOf(map),
            ResourceTypes = TypesOf(map, scope),
            Scope = scope,
            ManagementAccountOnly = map.Flag("managementAccountOnly"),
            Rationale = map.Text("rationale") ?? "",
            Remediation = ReadRemediation(map),
            References = map.Texts("references"),
            Equivalents = ReadEquivalents(map),
            Tags = map.Texts("tags"),
            File = map.File,
            EvidenceFields = ReadEvidence(map),
        };
        map.RejectUnknownKeys();
        if (scope != RuleScope.Resource)
        {
            needs.Kept.Add(rule.ResourceType);
        }

        return rule;
    }

    private static string ServiceOf(YamlMap map)
    {
        var service = map.Required("service");
        return KnownTypes.Services.Contains(service)
            ? service
            : throw map.ErrorAt(map.Node("service")!, $"there is no service '{service}' in the catalog. There are: {string.Join(", ", KnownTypes.Services)}.");
    }

    private static IReadOnlyList<string> TypesOf(YamlMap map, RuleScope scope)
    {
        var types = map.Texts("resource");
        if (types.FirstOrDefault(type => KnownTypes.ServiceOf(type) is null) is { } unknown)
        {
            throw map.ErrorAt(map.Node("resource")!, KnownTypes.Unknown(unknown));
        }

        return (scope, types.Count) switch
        {
            (RuleScope.Account, 0) => [AccountType],
            (RuleScope.Region, 0) => [RegionType],
            (RuleScope.Resource, > 0) or (_, 1) => types,
            (RuleScope.Resource, _) => [map.Required("resource")],
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

    private static Dictionary<string, IReadOnlyList<string>> ReadEquivalents(YamlMap map)
    {
        var tools = map.MapOrEmpty("equivalents");
        return tools.Keys.ToDictionary(tool => tool, tools.Texts, StringComparer.OrdinalIgnoreCase);
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
