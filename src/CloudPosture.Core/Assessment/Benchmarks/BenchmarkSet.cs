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

    /// <summary>Reads every YAML file below the folders, and checks that each rule named is there.</summary>
    /// <param name="rules">The rules that requirements may name.</param>
    /// <param name="folders">The module's own benchmarks and those of users.</param>
    /// <returns>The benchmarks of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, names a rule that is not there, or two benchmarks have the same id.</exception>
    public static BenchmarkSet Load(RuleSet rules, params IEnumerable<string> folders) =>
        new(folders.SelectMany(YamlFile.In).SelectMany(file => YamlFile.Read(file, BenchmarkReader.Read)).Select(benchmark => Checked(benchmark, rules)));

    /// <summary>The benchmark of that id, in any case; null where there is none.</summary>
    public Benchmark? Find(string id) => _byId.TryGetValue(id, out var benchmark) ? benchmark : null;

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
