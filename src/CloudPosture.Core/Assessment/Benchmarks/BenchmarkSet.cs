using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment;

/// <summary>The benchmarks that are known.</summary>
public sealed class BenchmarkSet
{
    private readonly Dictionary<string, Benchmark> _byId;

    internal BenchmarkSet(IEnumerable<Benchmark> benchmarks)
    {
        _byId = new Dictionary<string, Benchmark>(StringComparer.OrdinalIgnoreCase);
        foreach (var benchmark in benchmarks)
        {
            if (_byId.TryGetValue(benchmark.Id, out var first))
            {
                throw new ContentException(benchmark.File, 1, $"benchmark {benchmark.Id}", $"there is a benchmark of this name already, in {first.File}. Rename one of them.");
            }

            _byId.Add(benchmark.Id, benchmark);
        }

        Benchmarks = [.. _byId.Values.OrderBy(benchmark => benchmark.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>All benchmarks, sorted by id.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; }

    /// <summary>Reads the benchmarks that ship, and checks that each rule named is there.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="rules">The rules that requirements may name.</param>
    /// <exception cref="ContentException">A file is invalid, names a rule that is not there, or two benchmarks have the same id.</exception>
    public static BenchmarkSet LoadShipped(ContentSet content, RuleSet rules) =>
        Of(rules, content.Source.FilesIn(ContentSource.Frameworks).SelectMany(file => BenchmarkReader.Read(content.Source.Maps(ContentSource.Frameworks, file))));

    /// <summary>Reads every YAML file below the folders, and checks that each rule named is there.</summary>
    /// <param name="rules">The rules that requirements may name.</param>
    /// <param name="folders">The module's own benchmarks and those of users.</param>
    /// <returns>The benchmarks of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, names a rule that is not there, or two benchmarks have the same id.</exception>
    public static BenchmarkSet Load(RuleSet rules, params IEnumerable<string> folders) =>
        Of(rules, folders.SelectMany(YamlFile.In).SelectMany(file => YamlFile.Read(file, BenchmarkReader.Read)));

    /// <summary>The benchmark of that id, in any case; null where there is none.</summary>
    public Benchmark? Find(string id) => _byId.TryGetValue(id, out var benchmark) ? benchmark : null;

    private static BenchmarkSet Of(RuleSet rules, IEnumerable<Benchmark> benchmarks) => new(WithBases([.. benchmarks]).Select(benchmark => Checked(benchmark, rules)));

    private static IEnumerable<Benchmark> WithBases(IReadOnlyList<Benchmark> benchmarks)
    {
        var byId = benchmarks.GroupBy(benchmark => benchmark.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        return benchmarks.Select(benchmark => benchmark.BasedOn.Count == 0 ? benchmark : benchmark with { Requirements = Inherited(benchmark, byId, []) });
    }

    /// <summary>A benchmark's own requirements, after those of its bases that it does not state anew.</summary>
    private static IReadOnlyList<Requirement> Inherited(Benchmark benchmark, Dictionary<string, Benchmark> byId, IReadOnlyList<string> from)
    {
        if (from.Contains(benchmark.Id, StringComparer.OrdinalIgnoreCase))
        {
            throw new ContentException(benchmark.File, 1, $"benchmark {benchmark.Id}", "it is based on itself.");
        }

        var own = new HashSet<string>(benchmark.Requirements.Select(requirement => requirement.Id), StringComparer.Ordinal);
        var taken = new List<Requirement>();
        foreach (var based in benchmark.BasedOn)
        {
            var other = byId.TryGetValue(based.Id, out var found)
                ? found
                : throw new ContentException(benchmark.File, 1, $"benchmark {benchmark.Id}", $"it is based on '{based.Id}', which is not there.{NearestName.Suggest(based.Id, byId.Keys)}");
            taken.AddRange(Inherited(other, byId, [.. from, benchmark.Id])
                .Where(requirement => !based.Without.Contains(requirement.Id) && (based.Level is not { } level || requirement.Level <= level) && own.Add(requirement.Id)));
        }

        return [.. taken, .. benchmark.Requirements];
    }

    private static Benchmark Checked(Benchmark benchmark, RuleSet rules)
    {
        foreach (var requirement in benchmark.Requirements)
        {
            if (requirement.Rules.FirstOrDefault(rule => rules.Find(rule) is null) is { } missing)
            {
                throw new ContentException(benchmark.File, 1, $"benchmark {benchmark.Id}", $"requirement {requirement.Id} names the rule '{missing}', which is not there.");
            }
        }

        return benchmark;
    }
}
