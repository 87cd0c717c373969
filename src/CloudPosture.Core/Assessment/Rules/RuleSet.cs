using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Rules;

/// <summary>The rules that an assessment applies.</summary>
public sealed class RuleSet
{
    private static readonly string[] OtherContent = ["service.yaml", "findings.yaml", "events.yaml", "cases.yaml", "partitions.yaml", "operations.yaml", "escalations.yaml", "resource-policies.yaml", "data.yaml"];
    private readonly Dictionary<string, Rule> _byId;

    internal RuleSet(ServiceCatalog catalog, IEnumerable<Rule> rules)
    {
        Catalog = catalog;
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

    /// <summary>What can be harvested, and so be asked about.</summary>
    internal ServiceCatalog Catalog { get; }

    /// <summary>All rules, sorted by id.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Reads every YAML file below the folders.</summary>
    /// <param name="content">What can be harvested.</param>
    /// <param name="folders">The module's own rules and those of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, or two rules have the same id.</exception>
    public static RuleSet Load(ContentSet content, params IEnumerable<string> folders) => new(content.Catalog, Read(folders, RuleReading.Plain(content.Catalog)));

    /// <summary>Reads the rules that ship, and every YAML file below further folders, whose fields are checked.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="folders">The folders of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, or two rules have the same id.</exception>
    public static RuleSet LoadShipped(ContentSet content, params IReadOnlyList<string> folders)
    {
        var reading = RuleReading.Plain(content.Catalog);
        var shipped = content.Source.ServicesWith(ContentSource.RulesFile).SelectMany(service => RuleReader.Read(content.Source.Maps(service, ContentSource.RulesFile), reading));
        return new(content.Catalog, folders.Count == 0
            ? shipped
            : shipped.Concat(Read(folders, reading with { Shapes = new TypeShapes(content.Catalog.Services.Concat(content.Catalog.Events), content.Models.Get) })));
    }

    private static IEnumerable<Rule> Read(IEnumerable<string> folders, RuleReading reading) =>
        folders.SelectMany(YamlFile.In).Where(IsOfRules).SelectMany(file => YamlFile.Read(file, (path, text) => RuleReader.Read(path, text, reading)));

    // A service's folder holds its rules beside what else is known of it.
    private static bool IsOfRules(string file) => !OtherContent.Contains(Path.GetFileName(file));

    /// <summary>The rule of that id, in any case; null where there is none.</summary>
    public Rule? Find(string id) => _byId.TryGetValue(id, out var rule) ? rule : null;

    /// <summary>The rules that a person selected.</summary>
    public RuleSet Where(Func<Rule, bool> isWanted) => new(Catalog, Rules.Where(isWanted));
}
