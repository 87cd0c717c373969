using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>The benchmarks that are known, sorted by id. Of those that ship the requirements are read when they are first looked at.</summary>
public sealed class BenchmarkSet : IReadOnlyList<Benchmark>
{
    private readonly Dictionary<string, Benchmark> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<Benchmark> _benchmarks;

    private BenchmarkSet(IEnumerable<Benchmark> benchmarks, Action<ContentException>? tell)
    {
        var written = new Dictionary<string, Benchmark>(StringComparer.OrdinalIgnoreCase);
        foreach (var benchmark in benchmarks)
        {
            if (!written.TryGetValue(benchmark.Id, out var first))
            {
                written.Add(benchmark.Id, benchmark);
                continue;
            }

            new BenchmarkReading(null, tell).Refuse(new ContentException(benchmark.File, benchmark.Line, $"benchmark {benchmark.Id}", $"there is a benchmark of this name already, in {first.File}. Rename one of them."));
        }

        var inheritance = new BenchmarkInheritance(written, tell);
        foreach (var benchmark in written.Values)
        {
            _byId.Add(benchmark.Id, benchmark.BasedOn.Count == 0 ? benchmark : benchmark with { Requirements = new ReadLater<Requirement>(() => inheritance.Of(benchmark)) });
        }

        _benchmarks = [.. _byId.Values.OrderBy(benchmark => benchmark.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>No benchmark.</summary>
    public static BenchmarkSet Empty { get; } = new([], null);

    /// <summary>How many there are.</summary>
    public int Count => _benchmarks.Count;

    /// <summary>One of them.</summary>
    public Benchmark this[int index] => _benchmarks[index];

    /// <summary>Reads every YAML file below the folders whole, and checks that each rule named is there.</summary>
    /// <param name="rules">The rules that requirements may name.</param>
    /// <param name="folders">Folders of benchmarks.</param>
    /// <returns>The benchmarks of all of them.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, names a rule that is not there, or two benchmarks have the same id.</exception>
    public static BenchmarkSet Load(RuleSet rules, params IEnumerable<string> folders) => Complete(new(Own(() => rules, folders), tell: null));

    /// <summary>Those that ship, which are read as they are used, and those of users, which are read whole and checked.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="rules">The rules that requirements may name; asked for where there are any of users.</param>
    /// <param name="folders">The folders of users.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ContentException">A file is invalid, names a rule that is not there, or two benchmarks have the same id.</exception>
    public static BenchmarkSet LoadShipped(ContentSet content, Func<RuleSet> rules, params IEnumerable<string> folders)
    {
        var own = Own(rules, folders).ToList();
        var all = new BenchmarkSet(Shipped(content).Concat(own), tell: null);
        _ = own.Sum(benchmark => all.Find(benchmark.Id)!.Requirements.Count);
        return all;
    }

    /// <summary>The same unchecked, for a command line that is still being typed.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="folders">The folders of users.</param>
    /// <exception cref="ContentException">A file is invalid.</exception>
    public static BenchmarkSet LoadUnchecked(ContentSet content, params IEnumerable<string> folders) => new(Shipped(content).Concat(Own(() => null, folders)), tell: null);

    /// <summary>What is wrong with benchmarks of users, beside those that ship.</summary>
    /// <param name="content">What ships.</param>
    /// <param name="rules">The rules that requirements may name.</param>
    /// <param name="paths">Their files, or folders of them.</param>
    /// <param name="tell">Hears of each mistake.</param>
    /// <returns>The benchmarks that could be read, with what they take over.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such file or folder.</exception>
    public static IReadOnlyList<Benchmark> Check(ContentSet content, RuleSet rules, IEnumerable<string> paths, Action<ContentException> tell)
    {
        var reading = new BenchmarkReading(rules, tell);
        var own = paths.SelectMany(path => File.Exists(path) ? [path] : YamlFile.In(path)).SelectMany(file => reading.Try(() => ReadSome(file, reading)) ?? []).ToList();
        var all = new BenchmarkSet(Shipped(content).Concat(own), tell);
        return [.. own.Select(benchmark => all.Find(benchmark.Id)!).Where(benchmark => reading.Try(() => benchmark.Requirements.ToList()) is not null)];
    }

    /// <summary>The benchmark of that id, in any case; null where there is none.</summary>
    public Benchmark? Find(string id) => _byId.TryGetValue(id, out var benchmark) ? benchmark : null;

    /// <inheritdoc/>
    public IEnumerator<Benchmark> GetEnumerator() => _benchmarks.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<Benchmark> Shipped(ContentSet content) => content.Source.FrameworkHeads()
        .Select(framework => BenchmarkReader.ReadHead(framework.Head, () => content.Source.Maps(ContentSource.Frameworks, framework.File).Single()));

    private static IEnumerable<Benchmark> Own(Func<RuleSet?> rules, IEnumerable<string> folders) =>
        folders.SelectMany(YamlFile.In).SelectMany(file => YamlFile.Read(file, (path, text) => BenchmarkReader.Read(path, text, new BenchmarkReading(rules()))));

    private static List<Benchmark> ReadSome(string file, BenchmarkReading reading)
    {
        var maps = YamlFile.Read(file, (path, text) => YamlFile.Maps(path, text));
        return maps.Count > 0 ? [.. BenchmarkReader.Read(maps, reading)] : throw new ContentException(file, 1, null, "there is no framework in it. Write one, or take the file away.");
    }

    private static BenchmarkSet Complete(BenchmarkSet set)
    {
        _ = set.Sum(benchmark => benchmark.Requirements.Count);
        return set;
    }
}
