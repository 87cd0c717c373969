using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Assessment.Benchmarks;

/// <summary>Reads a benchmark's YAML file.</summary>
internal static class BenchmarkReader
{
    /// <summary>Reads benchmarks whole.</summary>
    /// <param name="file">The file's path, for errors.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="reading">How; null reads what ships.</param>
    /// <exception cref="ContentException">The file is invalid.</exception>
    public static IEnumerable<Benchmark> Read(string file, TextReader text, BenchmarkReading? reading = null) => Read(YamlFile.Maps(file, text), reading);

    /// <exception cref="ContentException">A benchmark is invalid.</exception>
    public static IEnumerable<Benchmark> Read(IEnumerable<YamlMap> maps, BenchmarkReading? reading = null)
    {
        var how = reading ?? BenchmarkReading.Plain;
        return maps.Select(map => how.Try(() => Read(map, how, ReadRequirements))).OfType<Benchmark>();
    }

    /// <summary>Reads all of a benchmark but its requirements.</summary>
    /// <param name="head">Its mapping, without them.</param>
    /// <param name="whole">Reads its mapping with them; it is asked when somebody first looks at them.</param>
    /// <exception cref="ContentException">The benchmark is invalid.</exception>
    public static Benchmark ReadHead(YamlMap head, Func<YamlMap> whole) => Read(head, BenchmarkReading.Plain, (own, reading) => own.Has(ContentSource.Requirements)
        ? ReadRequirements(own, reading)
        : new ReadLater<Requirement>(() => Read(whole(), reading, ReadRequirements).Requirements));

    private static Benchmark Read(YamlMap untitled, BenchmarkReading reading, Func<YamlMap, BenchmarkReading, IReadOnlyList<Requirement>> requirements)
    {
        var id = untitled.Required("id");
        var map = untitled.About($"benchmark {id}");
        var benchmark = new Benchmark
        {
            Id = map.Required("id"),
            ShortName = map.Text("short"),
            Title = map.Required("title"),
            Version = map.Required("version"),
            Source = map.Text("source"),
            HasManualFindings = map.Flag("manualFindings"),
            IsPublicDomain = map.Flag("publicDomain"),
            BasedOn = [.. map.Maps("basedOn").Select(ReadBase)],
            Requirements = requirements(map, reading),
            File = map.File,
            Line = map.Line,
        };
        return reading.Try(() =>
        {
            map.RejectUnknownKeys();
            return benchmark;
        }) ?? benchmark;
    }

    private static IReadOnlyList<Requirement> ReadRequirements(YamlMap map, BenchmarkReading reading)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var requirements = new List<Requirement>();
        foreach (var entry in map.Maps(ContentSource.Requirements))
        {
            if (reading.Try(() => ReadRequirement(entry, reading)) is not { } requirement)
            {
                continue;
            }

            if (!ids.Add(requirement.Id))
            {
                reading.Refuse(entry.Error($"requirement {requirement.Id} is there twice."));
                continue;
            }

            requirements.Add(requirement);
        }

        return requirements;
    }

    private static BenchmarkBase ReadBase(YamlMap map)
    {
        var based = new BenchmarkBase
        {
            Id = map.Required("id"),
            Level = map.Text("level") is { } level ? ReadLevel(map, level) : null,
            Only = map.Texts("only"),
            Without = map.Texts("without"),
            Prefix = map.Text("prefix") ?? "",
            Line = map.Line,
        };
        map.RejectUnknownKeys();
        return based;
    }

    private static Requirement ReadRequirement(YamlMap map, BenchmarkReading reading)
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
        foreach (var missing in reading.Rules is { } rules ? requirement.Rules.Where(rule => rules.Find(rule) is null) : [])
        {
            reading.Refuse(map.ErrorAt(
                PlaceOf(map.Node("rules")!, missing),
                $"requirement {requirement.Id} names the rule '{missing}', which is not there.{NearestName.Suggest(missing, reading.Rules!.Rules.Select(rule => rule.Id))}"));
        }

        return requirement.Rules.Count > 0 || requirement.Manual is not null
            ? requirement
            : throw map.Error($"requirement {requirement.Id} needs 'rules', or 'manual' with what a person should look at.");
    }

    private static YamlNode PlaceOf(YamlNode rules, string name) =>
        (rules as YamlSequenceNode)?.Children.FirstOrDefault(rule => rule is YamlScalarNode { Value: { } value } && value == name) ?? rules;

    private static int ReadLevel(YamlMap map, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level)
        ? level
        : throw map.ErrorAt(map.Node("level")!, $"'level' is '{text}'; it must be a whole number.");
}
