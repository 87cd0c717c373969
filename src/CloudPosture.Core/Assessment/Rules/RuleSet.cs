using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Aws.Models;
using CloudPosture.Catalog;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment;

/// <summary>The rules that an assessment applies.</summary>
public sealed class RuleSet
{
    private static readonly string[] OtherContent = ["service.yaml", "findings.yaml", "cases.yaml", "partitions.yaml", "operations.yaml", "escalations.yaml", "resource-policies.yaml"];
    private readonly Dictionary<string, Rule> _byId;

    internal RuleSet(IEnumerable<Rule> rules)
    {
        _byId = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules)
        {
            if (_byId.TryGetValue(rule.Id, out var first))
            {
                throw new ContentException(rule.File, 1, $"rule {rule.Id}", $"there is a rule of this name already, in {first.File}. Rename one of them.");
            }

            _byId.Add(rule.Id, rule);
        }

        Rules = [.. _byId.Values.OrderBy(rule => rule.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>All rules, sorted by id.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Reads every YAML file below the folders.</summary>
    /// <param name="folders">The module's own rules and those of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, or two rules have the same id.</exception>
    public static RuleSet Load(params IEnumerable<string> folders) =>
        new(folders.SelectMany(YamlFile.In).Where(IsOfRules).SelectMany(file => YamlFile.Read(file, RuleReader.Read)));

    /// <summary>Reads the rules that ship, and every YAML file below further folders, whose fields are checked.</summary>
    /// <param name="folders">The folders of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, or two rules have the same id.</exception>
    public static RuleSet LoadShipped(params IReadOnlyList<string> folders)
    {
        var content = ModuleContent.Shipped;
        var shipped = content.ServicesWith(ContentSource.RulesFile).SelectMany(service => RuleReader.Read(content.Maps(service, ContentSource.RulesFile), RuleReading.Plain));
        if (folders.Count == 0)
        {
            return new(shipped);
        }

        var reading = RuleReading.Plain with { Shapes = new TypeShapes(ServiceCatalog.Default.Services, ServiceModels.Get) };
        return new(shipped.Concat(folders.SelectMany(YamlFile.In).Where(IsOfRules).SelectMany(file => YamlFile.Read(file, (path, text) => RuleReader.Read(path, text, reading)))));
    }

    // A service's folder holds its rules beside what else is known of it.
    private static bool IsOfRules(string file) => !OtherContent.Contains(Path.GetFileName(file));

    /// <summary>The rule of that id, in any case; null where there is none.</summary>
    public Rule? Find(string id) => _byId.TryGetValue(id, out var rule) ? rule : null;

    /// <summary>The rules that a person selected.</summary>
    public RuleSet Where(Func<Rule, bool> isWanted) => new(Rules.Where(isWanted));
}
