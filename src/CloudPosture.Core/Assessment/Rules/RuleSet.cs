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

    /// <summary>What is wrong with rules that people added; in the place of each of them stands one that is not assessed.</summary>
    public IReadOnlyList<ContentException> Problems { get; private init; } = [];

    /// <summary>Reads every YAML file below the folders.</summary>
    /// <param name="content">What can be harvested.</param>
    /// <param name="folders">The module's own rules and those of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, or two rules have the same id.</exception>
    public static RuleSet Load(ContentSet content, params IEnumerable<string> folders) => new(content.Catalog, Read(folders, RuleReading.Plain(content.Catalog)));

    /// <summary>Reads the rules that ship, and every YAML file below further folders, whose fields are checked. What is wrong there is told by <see cref="Problems"/>.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="folders">The folders of users.</param>
    /// <returns>The rules of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file that ships is invalid.</exception>
    public static RuleSet LoadShipped(ContentSet content, params IReadOnlyList<string> folders)
    {
        var reading = RuleReading.Plain(content.Catalog);
        var shipped = content.Source.ServicesWith(ContentSource.RulesFile).SelectMany(service => RuleReader.Read(content.Source.Maps(service, ContentSource.RulesFile), reading));
        if (folders.Count == 0)
        {
            return new(content.Catalog, shipped);
        }

        var own = new OwnRules(reading with { Shapes = new TypeShapes(content.Catalog.Services.Concat(content.Catalog.Events), content.Models.Get) }, shipped);
        foreach (var file in FilesIn(folders))
        {
            own.Read(file);
        }

        return new(content.Catalog, own.All) { Problems = own.Problems };
    }

    private static IEnumerable<string> FilesIn(IEnumerable<string> folders) => folders.SelectMany(YamlFile.In).Where(IsOfRules);

    private static IEnumerable<Rule> Read(IEnumerable<string> folders, RuleReading reading) =>
        FilesIn(folders).SelectMany(file => YamlFile.Read(file, (path, text) => RuleReader.Read(path, text, reading)));

    // A service's folder holds its rules beside what else is known of it.
    private static bool IsOfRules(string file) => !OtherContent.Contains(Path.GetFileName(file));

    /// <summary>The rule of that id, in any case; null where there is none.</summary>
    public Rule? Find(string id) => _byId.TryGetValue(id, out var rule) ? rule : null;

    /// <summary>The rules that a person selected.</summary>
    public RuleSet Where(Func<Rule, bool> isWanted) => new(Catalog, Rules.Where(isWanted)) { Problems = Problems };
}
