using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudPosture.Content.Yaml;

/// <summary>Finds and opens the YAML files that people write.</summary>
internal static class YamlFile
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>The YAML files below a folder, in a stable order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> In(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => file, StringComparer.Ordinal)
        : throw new DirectoryNotFoundException($"There is no folder '{folder}'. Name one that holds YAML files.");

    /// <summary>The mappings of a file: one mapping, or a list of them.</summary>
    /// <param name="file">The file's path, for errors.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="schema">Takes note of what the reader asks of each mapping; null for nobody.</param>
    /// <exception cref="ContentException">It is neither, or no YAML at all.</exception>
    public static IEnumerable<YamlMap> Maps(string file, TextReader text, SchemaNode? schema = null)
    {
        var yaml = new YamlStream();
        var parser = new Parser(text);
        try
        {
            yaml.Load(new BoundedParser(parser));
        }
        catch (Exception problem) when (problem is YamlException or InvalidOperationException)
        {
            var line = (problem as YamlException)?.Start.Line ?? parser.Current?.End.Line ?? 1;
            throw new ContentException(file, line, null, $"this is not valid YAML: {problem.InnerException?.Message ?? problem.Message}", problem);
        }

        return yaml.Documents
            .SelectMany(document => document.RootNode is YamlSequenceNode list ? list.Children : [document.RootNode])
            .Select(node => new YamlMap(file, node, null, schema));
    }

    /// <summary>Reads a file that a person wrote.</summary>
    /// <exception cref="ContentException">It cannot be read, is no text in UTF-8, or is not what it should be.</exception>
    public static IReadOnlyList<T> Read<T>(string file, Func<string, TextReader, IEnumerable<T>> read)
    {
        using var text = new StringReader(YamlText.Read(file));
        return [.. read(file, text)];
    }
}
