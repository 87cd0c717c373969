using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment;

/// <summary>Reads a benchmark's YAML file.</summary>
internal static class BenchmarkReader
{
    /// <exception cref="ContentException">The file is invalid.</exception>
    public static IEnumerable<Benchmark> Read(string file, TextReader text) => Read(YamlFile.Maps(file, text));

    /// <exception cref="ContentException">A benchmark is invalid.</exception>
    public static IEnumerable<Benchmark> Read(IEnumerable<YamlMap> maps) => maps.Select(Read);

    private static Benchmark Read(YamlMap untitled)
    {
        var id = untitled.Required("id");
        var map = untitled.About($"benchmark {id}");
        var benchmark = new Benchmark
        {
            Id = map.Required("id"),
            Title = map.Required("title"),
            Version = map.Required("version"),
            Source = map.Text("source"),
            HasManualFindings = map.Flag("manualFindings"),
            IsPublicDomain = map.Flag("publicDomain"),
            BasedOn = [.. map.Maps("basedOn").Select(ReadBase)],
            Requirements = [.. map.Maps("requirements").Select(ReadRequirement)],
            File = map.File,
        };
        map.RejectUnknownKeys();
        var twice = benchmark.Requirements.GroupBy(requirement => requirement.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any());
        return twice is null ? benchmark : throw map.Error($"requirement {twice.Key} is there twice.");
    }

    private static BenchmarkBase ReadBase(YamlMap map)
    {
        var based = new BenchmarkBase(map.Required("id"), map.Text("level") is { } level ? ReadLevel(map, level) : null, map.Texts("without"));
        map.RejectUnknownKeys();
        return based;
    }

    private static Requirement ReadRequirement(YamlMap map)
    {
        var requirement = new Requirement
        {
            Id = map.Required("id"),
            Title = map.Required("title"),
            Section = map.Text("section"),
            Level = map.Text("level") is { } level ? ReadLevel(map, level) : null,
            IsAutomated = map.Choice<bool?>("assessment", null, ("automated", true), ("manual", false)),
            Rules = map.Texts("rules"),
            Manual = map.Text("manual"),
        };
        map.RejectUnknownKeys();
        return requirement.Rules.Count > 0 || requirement.Manual is not null
            ? requirement
            : throw map.Error($"requirement {requirement.Id} needs 'rules', or 'manual' with what a person should look at.");
    }

    private static int ReadLevel(YamlMap map, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
        ? level
        : throw map.ErrorAt(map.Node("level")!, $"'level' is '{text}'; it must be a whole number.");
}
