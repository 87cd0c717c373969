using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Benchmarks;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Cases;
using CloudPosture.Content.Catalog;
using CloudPosture.ModuleBuilder.Docs;
using CloudPosture.Posture.Cases;

namespace CloudPosture.ModuleBuilder.Checks;

/// <summary>Checks all content of a folder: every file, every name in it, every case, and what frameworks name.</summary>
internal sealed class ContentCheck
{
    private readonly string _module;
    private readonly ContentSet _content;
    private readonly KnownChecks _checks;
    private readonly List<Problem> _problems = [];
    private readonly List<ServiceEntry> _services = [];
    private readonly List<Rule> _rules = [];
    private readonly Dictionary<string, CaseFile> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _bases = new(StringComparer.Ordinal);
    private int _ran;

    private ContentCheck(string module)
    {
        _module = module;
        _content = ContentSet.Of(module);
        _checks = KnownChecks.Read(Path.Combine(module, "aws", "_platform", "checks.txt"));
    }

    /// <summary>Checks and prints.</summary>
    /// <param name="repository">The folder that holds <c>module</c>.</param>
    /// <param name="only">The services to tell of; empty for all.</param>
    /// <returns>The exit code: 0 where nothing is wrong.</returns>
    public static int Run(string repository, IReadOnlyCollection<string> only)
    {
        var check = new ContentCheck(Path.Combine(repository, "module"));
        check.Run(only);
        return check.Tell();
    }

    /// <summary>What is wrong.</summary>
    /// <param name="repository">The folder that holds <c>module</c>.</param>
    /// <param name="only">The services to tell of; empty for all.</param>
    public static IReadOnlyList<Problem> Problems(string repository, params IReadOnlyCollection<string> only)
    {
        var check = new ContentCheck(Path.Combine(repository, "module"));
        check.Run(only);
        return check._problems;
    }

    /// <summary>Checks all, and writes what is made of the content where nothing is wrong: the schemas, and the table of coverage.</summary>
    /// <param name="repository">The folder that holds <c>module</c>.</param>
    /// <returns>The exit code: 0 where nothing is wrong.</returns>
    public static int Build(string repository)
    {
        var module = Path.Combine(repository, "module");
        var check = new ContentCheck(module);
        check.Run([]);
        if (check._problems.Count == 0)
        {
            SchemaFiles.Write(module, check._content.Catalog);
            CoverageTable.Write(Path.Combine(module, "docs", "coverage.md"), check._checks, [.. check._services.Where(service => service.Provider is null && !service.IsOfEvents)], check._rules);
        }

        return check.Tell();
    }

    private int Tell()
    {
        foreach (var problem in _problems)
        {
            Console.WriteLine(problem);
        }

        Console.WriteLine($"{_services.Count} services, {_rules.Count} rules, {_ran} cases run: {(_problems.Count == 0 ? "nothing wrong" : $"{_problems.Count} problems")}.");
        return _problems.Count == 0 ? 0 : 1;
    }

    private void Run(IReadOnlyCollection<string> only)
    {
        bool IsWanted(string service) => only.Count == 0 || only.Contains(service);
        foreach (var name in _content.Source.ServicesWith(ContentSource.ServiceFile))
        {
            Try(() => _services.Add(_content.Catalog.Service(name)));
        }

        Try(() => _services.AddRange(_content.Catalog.Providers.Concat(_content.Catalog.Events)));
        _problems.AddRange(_content.Catalog.Names.Except(_content.Models.Names).Select(name =>
            new Problem(_content.Source.PathOf(name, ContentSource.ServiceFile), 0, $"there is no {ContentSource.ModelFile} beside it: run CloudPosture.ModelGenerator for '{name}'.")));
        if (_problems.Count > 0)
        {
            return;
        }

        var shapes = new TypeShapes(_services, _content.Models.Get);
        foreach (var service in _services.Where(service => IsWanted(service.Model)))
        {
            var file = _content.Source.PathOf(
                service.Model,
                service.IsOfEvents ? ContentSource.EventsFile : service.Provider is null ? ContentSource.ServiceFile : ContentSource.FindingsFile);
            Try(() => Note(file, ServiceCheck.Of(service, _content.Models.Get(service.Model), shapes)));
        }

        foreach (var name in _content.Source.ServicesWith(ContentSource.RulesFile).Where(IsWanted))
        {
            ReadRules(name, RuleReading.Plain(_content.Catalog) with { Shapes = shapes });
        }

        foreach (var name in _content.Source.ServicesWith(ContentSource.CasesFile))
        {
            ReadCases(name);
        }

        var estate = new CaseEstate(_content.Catalog, _bases);
        foreach (var file in _cases.Where(file => IsWanted(file.Key)))
        {
            RunCases(estate, file.Key, file.Value, shapes);
        }

        // A framework names rules of many services, so it can be judged beside all of them alone.
        if (only.Count == 0)
        {
            ReadFrameworks();
        }
    }

    private void ReadFrameworks()
    {
        var folder = Path.Combine(_module, ContentSource.Frameworks);
        Try(() => BenchmarkSet.Load(new RuleSet(_content.Catalog, _rules), folder));
    }

    private void ReadRules(string service, RuleReading reading)
    {
        var file = _content.Source.PathOf(service, ContentSource.RulesFile);
        Try(() =>
        {
            // Rule by rule, so that one mistake hides no other.
            foreach (var map in _content.Source.Maps(service, ContentSource.RulesFile))
            {
                Try(() =>
                {
                    foreach (var rule in RuleReader.Read([map], reading))
                    {
                        _rules.Add(rule);
                        Note(file, RuleCheck.Of(rule, _checks).Select(problem => $"{rule.Id}: {problem}"));
                    }
                });
            }
        });
    }

    private void ReadCases(string service)
    {
        var file = _content.Source.PathOf(service, ContentSource.CasesFile);
        Try(() =>
        {
            using var text = File.OpenText(file);
            var cases = CaseReader.Read(file, text);
            _cases.Add(service, cases);
            foreach (var (type, record) in cases.Bases)
            {
                _bases[type] = record;
            }
        });
    }

    private void RunCases(CaseEstate estate, string service, CaseFile file, TypeShapes shapes)
    {
        var path = _content.Source.PathOf(service, ContentSource.CasesFile);
        var rules = _rules.Where(rule => rule.File == _content.Source.PathOf(service, ContentSource.RulesFile)).ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        foreach (var (type, record) in file.Bases)
        {
            Note(path, record.Select(member => shapes.Miss(type, member.Key)).OfType<(string Unknown, IReadOnlyList<string> Known)>()
                .Select(miss => $"base of {type}: it has no '{miss.Unknown}'.{NearestName.Suggest(miss.Unknown, miss.Known)}"));
        }

        foreach (var given in file.Cases)
        {
            if (!rules.TryGetValue(given.RuleId, out var rule))
            {
                _problems.Add(new Problem(given.File, given.Line, $"there is no rule {given.RuleId} in this folder.{NearestName.Suggest(given.RuleId, rules.Keys)}"));
                continue;
            }

            Try(() => rule = given.Settings.Count == 0 ? rule : With(rule, given, shapes));
            _ran++;
            if (CaseRun.Complaint(estate, rule, given) is { } complaint)
            {
                _problems.Add(new Problem(given.File, given.Line, $"{given.RuleId}: {complaint}"));
            }
        }

        foreach (var rule in rules.Values)
        {
            foreach (var verdict in new[] { CaseVerdict.Pass, CaseVerdict.Fail }.Where(verdict => !file.Cases.Any(given => given.RuleId == rule.Id && given.Verdict == verdict)))
            {
                _problems.Add(new Problem(path, 0, $"{rule.Id} has no case that must {verdict.ToString().ToLowerInvariant()}."));
            }
        }
    }

    /// <summary>The rule as the case's settings make it.</summary>
    private Rule With(Rule rule, RuleCase given, TypeShapes shapes)
    {
        using var text = File.OpenText(rule.File);
        var reading = new RuleReading(_content.Catalog, (id, name) => id == rule.Id && given.Settings.TryGetValue(name, out var value) ? value : null, shapes);
        return RuleReader.Read(rule.File, text, reading).First(each => each.Id == rule.Id);
    }

    private void Note(string file, IEnumerable<string> problems) => _problems.AddRange(problems.Select(problem => new Problem(file, 0, problem)));

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (ContentException problem)
        {
            _problems.Add(new Problem(problem.File, problem.Line, problem.Message));
        }
        catch (KeyNotFoundException problem)
        {
            _problems.Add(new Problem("content", 0, problem.Message));
        }
    }
}
