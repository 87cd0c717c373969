using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using CloudPosture.Files;
using CloudPosture.Lake.Findings;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Rules;

/// <summary>
/// Reads the rules that people add. What is wrong with one ends none of the others; in its place stands a rule of its name that is
/// not assessed anywhere, so that it does not vanish from findings and no gate opens for want of it.
/// </summary>
/// <param name="reading">What they are read with.</param>
/// <param name="shipped">The rules that are there already.</param>
internal sealed class OwnRules(RuleReading reading, IEnumerable<Rule> shipped)
{
    /// <summary>The service of a rule of which nobody knows one.</summary>
    public const string NoService = "account";

    private static readonly Regex Named = new(@"^\s*(?:-\s+)?id:\s*[""']?(?<id>[A-Za-z][A-Za-z0-9.]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex OfService = new(@"^\s*(?:-\s+)?service:\s*[""']?(?<service>[a-z0-9-]+)", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex NotOfNames = new("[^A-Za-z0-9]", RegexOptions.CultureInvariant);
    private readonly Dictionary<string, Rule> _all = shipped.ToDictionary(rule => rule.Id, StringComparer.OrdinalIgnoreCase);
    private readonly List<ContentException> _problems = [];

    /// <summary>The rules that are there already, those that were read, and what stands for those that could not be.</summary>
    public IEnumerable<Rule> All => _all.Values;

    /// <summary>What is wrong, once for each entry of a file.</summary>
    public IReadOnlyList<ContentException> Problems => _problems;

    /// <summary>Reads a file.</summary>
    public void Read(string file)
    {
        IReadOnlyList<YamlMap> maps;
        try
        {
            maps = YamlFile.Read(file, (path, text) => YamlFile.Maps(path, text));
        }
        catch (ContentException problem)
        {
            _problems.Add(problem);
            StandInForFile(file, problem);
            return;
        }

        foreach (var map in maps)
        {
            Read(map);
        }
    }

    private void Read(YamlMap map)
    {
        ContentException? first = null;
        foreach (var row in RowsOf(map, problem => first = problem))
        {
            try
            {
                Add(RuleReader.ReadRow(row, reading), row);
            }
            catch (ContentException problem)
            {
                first ??= problem;
                StandIn(TextOf(row, "id"), TextOf(row, "service"), row.File, problem);
            }
        }

        if (first is not null)
        {
            _problems.Add(first);
        }
    }

    private IReadOnlyList<YamlMap> RowsOf(YamlMap map, Action<ContentException> tell)
    {
        try
        {
            return [.. RuleReader.Expand(map)];
        }
        catch (ContentException problem)
        {
            tell(problem);
            StandIn(null, TextOf(map, "service"), map.File, problem);
            return [];
        }
    }

    private void Add(Rule rule, YamlMap row)
    {
        if (_all.TryGetValue(rule.Id, out var known))
        {
            throw row.About($"rule {rule.Id}").Error($"there is a rule of this name already, in {known.File}. Rename one of them.");
        }

        _all.Add(rule.Id, rule);
    }

    /// <summary>Of a file that is no YAML, its lines still name the rules.</summary>
    private void StandInForFile(string file, ContentException problem)
    {
        var text = Text(file);
        var names = Named.Matches(text).Cast<Match>().ToList();
        for (var i = 0; i < names.Count; i++)
        {
            var end = i + 1 < names.Count ? names[i + 1].Index : text.Length;
            var service = OfService.Match(text.Substring(names[i].Index, end - names[i].Index));
            StandIn(names[i].Groups["id"].Value, service.Success ? service.Groups["service"].Value : null, file, problem);
        }

        if (names.Count == 0)
        {
            StandIn(null, null, file, problem);
        }
    }

    private static string Text(string file)
    {
        try
        {
            return GivenFile.ReadText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void StandIn(string? id, string? service, string file, ContentException problem)
    {
        var name = id is not null && RuleReader.IsId(id) && !_all.ContainsKey(id) ? id : NameFor(file);
        var place = $"{Path.GetFileName(file)}, line {problem.Line}";
        _all.Add(name, new Rule(null, new Unreadable($"{place}: {problem.Problem}"), new AccountNeeds { Kept = { PlaceTypes.Account } })
        {
            Id = name,
            Title = $"The rule in {place} can be read",
            Severity = Severity.Medium,
            Service = service is not null && reading.Catalog.Names.Contains(service) ? service : NoService,
            ResourceTypes = [PlaceTypes.Account],
            Scope = RuleScope.Account,
            Rationale = problem.Message,
            File = file,
            IsUnreadable = true,
        });
    }

    private string NameFor(string file)
    {
        var name = "Unreadable." + (NotOfNames.Replace(Path.GetFileNameWithoutExtension(file), "") is { Length: > 0 } plain ? plain : "File");
        return Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? name : name + "." + number)
            .First(candidate => !_all.ContainsKey(candidate));
    }

    private static string? TextOf(YamlMap map, string key) => map.Node(key) is YamlDotNet.RepresentationModel.YamlScalarNode { Value: { } text } ? text : null;
}
